"""Documents of a dialogue: handed in, shown, replaced, removed, and read by those who may."""

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.files import operations as files_operations
from brygga.core.files.models import StoredFile
from brygga.dialogues.enums import DialogueState, StepKind, Visibility
from brygga.dialogues.models import Document
from brygga.dialogues.operations.documents import (
    DocumentFacts,
    DocumentGoneError,
    change_document,
    remove_document,
)
from tests.factories import files
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with
from tests.factories.dialogues import NOW, DocumentFactory, TeamMemberFactory, dialogue_in
from tests.factories.files import photo, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES, organisation=OrganisationFactory())


@pytest.fixture
def leader(dialogue):
    client = Client()
    client.user = person_with(Role.PROCESS_LEADER, dialogue.organisation)
    client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name, dialogue, *more):
    return reverse(f"dialogues:{name}", args=[dialogue.public_id, *more])


def row(number=1, **fields):
    told = {"title": "", "kind": "basis", "language": "sv"} | fields
    return {f"document_{number}-{name}": value for name, value in told.items()}


def add(client, dialogue, *rows, key="one"):
    sent = {"client_key": key}
    for number, fields in enumerate(rows, 1):
        sent |= row(number, **fields)
    for number in range(len(rows) + 1, 4):
        sent |= row(number)
    return client.post(address("document_new", dialogue), sent)


def test_several_files_are_handed_in_at_once_and_shown_to_everybody(dialogue, leader):
    add(
        leader,
        dialogue,
        {"file": upload(files.PDF, "Underlag.pdf"), "is_public": "on"},
        {"file": upload(photo(), "IMG_1.JPG"), "alternative": "Torget", "is_public": "on"},
    )
    assert sorted(Document.objects.values_list("title", flat=True)) == ["IMG_1.jpg", "Underlag.pdf"]
    page = BeautifulSoup(Client().get(dialogue.get_absolute_url()).content, "html.parser")
    picture = page.select_one("main figure img")
    assert picture["alt"] == "Torget"
    shown = Client().get(picture["src"])
    assert b"Kameran" not in shown.content
    assert Client().get(page.find("a", string="Underlag.pdf")["href"]).content == files.PDF
    assert AuditRow.objects.filter(action="document.add").count() == 2


def test_the_same_form_sent_twice_adds_once(dialogue, leader, storage):
    for _ in range(2):
        add(leader, dialogue, {"file": upload(files.PDF, "a.pdf")})
    assert Document.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_an_error_keeps_what_was_written_and_adds_nothing(dialogue, leader, storage):
    response = add(
        leader,
        dialogue,
        {"file": upload(files.PDF, "a.pdf"), "title": "Det första"},
        {"file": upload(photo(), "b.jpg"), "title": "Utan ord om bilden"},
        {"title": "Utan fil"},
    )
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert page.find(id="id_document_2-title")["value"] == "Utan ord om bilden"
    assert page.find(id="id_document_1-title")["value"] == "Det första"
    assert page.find(id="id_document_2-alternative")["aria-invalid"] == "true"
    assert page.find(id="id_document_3-file")["aria-invalid"] == "true"
    assert not Document.objects.exists()
    assert not list(storage.rglob("*"))
    assert add(leader, dialogue).status_code == 200  # nothing at all was chosen


def test_hostile_names_harm_neither_page_nor_header(dialogue, leader):
    name = '"><svg onload=alert(1)>\r\nX: y.pdf'
    add(leader, dialogue, {"file": upload(files.PDF, name), "is_public": "on"})
    for page in (dialogue.get_absolute_url(), address("documents", dialogue)):
        assert "<svg onload" not in leader.get(page).content.decode()
    answer = Client().get(StoredFile.objects.get().get_absolute_url())
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "X" not in answer.headers


def test_what_is_for_the_team_is_for_the_team_only(dialogue, leader):
    document = DocumentFactory(dialogue=dialogue, is_public=False)
    link = document.file.get_absolute_url()
    others = {
        "nobody": Client(),
        "a stranger": signed_in(UserFactory()),
        "another leader": signed_in(person_with(Role.PROCESS_LEADER, OrganisationFactory())),
    }
    assert leader.get(link).status_code == 200
    assert leader.get(f"{link}liten/").status_code == 200
    for who, client in others.items():
        assert client.get(link).status_code == 404, who
        assert client.get(f"{link}liten/").status_code == 404, who
        assert document.title not in client.get(dialogue.get_absolute_url()).content.decode()
    Document.objects.update(is_public=True)
    for client in others.values():
        assert client.get(link).status_code == 200


def test_a_public_document_follows_what_may_be_read_of_the_dialogue(dialogue, leader):
    link = DocumentFactory(dialogue=dialogue).file.get_absolute_url()
    assert Client().get(link).status_code == 200
    dialogue.visibility = Visibility.INTERNAL
    dialogue.save()
    assert Client().get(link).status_code == 404
    dialogue.visibility = Visibility.PUBLIC
    dialogue.state, dialogue.published_at = DialogueState.DRAFT, None
    dialogue.save()
    assert Client().get(link).status_code == 404
    assert leader.get(link).status_code == 200


def test_who_leaves_the_team_reads_no_more_by_an_old_link(dialogue):
    member = TeamMemberFactory(dialogue=dialogue)
    client = signed_in(member.user)
    link = DocumentFactory(dialogue=dialogue, is_public=False).file.get_absolute_url()
    assert client.get(link).status_code == 200
    member.last_day = member.starts_on
    member.save()
    assert client.get(link).status_code == 404


def test_a_file_is_replaced_and_the_old_link_is_dead(dialogue, leader, storage):
    document = DocumentFactory(dialogue=dialogue, title="Bild")
    old = document.file.get_absolute_url()
    told = {"title": "Underlag", "kind": "basis", "language": "en", "is_public": "on"}
    where = address("document_change", dialogue, document.public_id)
    response = leader.post(where, told | {"file": upload(files.PDF, "ny.pdf")})
    assert response.status_code == 302
    document.refresh_from_db()
    assert (document.title, document.language) == ("Underlag", "en")
    assert document.file.name == "ny.pdf"
    assert Client().get(old).status_code == 404
    assert Client().get(document.file.get_absolute_url()).content == files.PDF


def test_words_about_a_picture_are_changed_without_sending_it_again(dialogue, leader):
    document = DocumentFactory(dialogue=dialogue)
    where = address("document_change", dialogue, document.public_id)
    told = {"title": "Bild", "kind": "picture", "language": "sv"}
    assert leader.post(where, told).status_code == 200
    assert leader.post(where, told | {"alternative": "En brygga"}).status_code == 302
    document.file.refresh_from_db()
    assert document.file.alternative == "En brygga"


def test_removing_is_asked_for_and_takes_document_file_and_bytes(dialogue, leader, storage):
    document = DocumentFactory(dialogue=dialogue)
    where = address("document_remove", dialogue, document.public_id)
    link = document.file.get_absolute_url()
    leader.get(where)
    assert Client().get(link).status_code == 200
    leader.post(where)
    assert Client().get(link).status_code == 404
    assert not StoredFile.objects.exists()
    assert leader.post(where).status_code == 404


def test_what_somebody_else_removed_meanwhile_is_gone(dialogue, leader):
    document = DocumentFactory(dialogue=dialogue)
    remove_document(document=document, by=leader.user, at=NOW)
    document.pk = 1
    with pytest.raises(DocumentGoneError):
        remove_document(document=document, by=leader.user, at=NOW)
    facts = DocumentFacts(title="x", kind="basis", language="sv", is_public=True)
    with pytest.raises(DocumentGoneError):
        change_document(document=document, facts=facts, checked=None, by=leader.user, at=NOW)


def test_files_of_a_deleted_dialogue_are_cleared_away(dialogue):
    document = DocumentFactory(dialogue=dialogue)
    document.dialogue.documents.all().delete()
    assert files_operations.clear_orphans(at=NOW.replace(year=NOW.year + 1))
    assert not StoredFile.objects.exists()


def test_a_document_has_a_title_a_file_of_its_own_and_a_key_of_its_own(dialogue):
    document = DocumentFactory(dialogue=dialogue, client_key="k")
    for broken in ({"title": ""}, {"file": document.file}, {"client_key": "k"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentFactory(dialogue=dialogue, **broken)
