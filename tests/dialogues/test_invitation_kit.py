"""The invitation kit: letter, poster and texts in two languages, as files that are read back."""

import io
import re
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from brygga.accounts.enums import OrganisationKind
from brygga.core.ui.ladder import level_sentence
from brygga.dialogues.enums import (
    DialogueState,
    KitText,
    LadderLevel,
    StepKind,
    TeamRole,
    Visibility,
)
from brygga.dialogues.models import Dialogue, InvitationText, Mandate
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.kit import forget_invitation, write_invitation
from brygga.dialogues.queries.kit import kit_of, suggestion_for
from brygga.dialogues.queries.kit_files import FILES, kit_file
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, DialogueFactory, StepFactory, dialogue_in, team_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
HOSTILE = '#panic("x") $ * _ <b>&amp;</b> \\ "]] @a \x07 {{ 1 }} </w:t> \u202e'
ARABIC = "هل يجب أن تبقى المدرسة؟"
LANGUAGES = ("sv", "en")


@pytest.fixture
def dialogue():
    return dialogue_in(StepKind.PERSPECTIVES)


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name, dialogue, *more):
    return reverse(f"dialogues:{name}", args=[dialogue.public_id, *more])


def words_of(file, name):
    """Read all the text of a file back, in one line."""
    if name.endswith(".pdf"):
        pages = pypdf.PdfReader(io.BytesIO(file)).pages
        text = "\n".join(page.extract_text() for page in pages)
    else:
        text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs)
    return " ".join(text.split())


def every_file(dialogue):
    for language in LANGUAGES:
        for name in FILES:
            yield language, name, kit_file(dialogue, language, name, at=NOW).content


def write(dialogue, kind, language, by=None, **after):
    suggested = suggestion_for(dialogue, kind, language)
    return write_invitation(
        dialogue=dialogue,
        kind=kind,
        language=language,
        before={name: getattr(suggested, name) for name in after},
        after=after,
        by=by or UserFactory(),
        at=NOW,
    )


def everything_said(dialogue, language):
    kit = kit_of(dialogue, language, on=TODAY)
    texts = [words.heading + " " + words.text for words in kit.texts.values()]
    return " ".join([*texts, *(fact.text for fact in kit.facts), kit.record])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("level", LadderLevel)
def test_no_text_promises_more_influence_than_the_mandate_gives(dialogue, language, level):
    Mandate.objects.filter(dialogue=dialogue).update(ladder_level=level)

    said = everything_said(dialogue, language)

    with override(language):
        assert level_sentence(level) in said
        assert [other for other in LadderLevel if level_sentence(other) in said] == [level]
    invites = {"sv": "bjuder in dig", "en": "invites you"}[language]
    assert (invites in said) == (level > LadderLevel.INFORMATION)
    helps = {"sv": "ta del i själva beslutet", "en": "take part in the decision itself"}[language]
    assert (helps in said.lower()) == (level == LadderLevel.SHARED_DECISION)


def test_the_suggested_texts_are_easy_to_read(dialogue):
    for level in LadderLevel:
        Mandate.objects.filter(dialogue=dialogue).update(ladder_level=level)
        texts = kit_of(dialogue, "sv", on=TODAY).texts
        assert [words for words in texts.values() if not words.is_easy] == []


def test_a_step_that_gives_less_than_the_mandate_is_what_the_invitation_says(dialogue):
    dialogue.steps.filter(state="current").update(ladder_level=LadderLevel.CONSULTATION)

    assert kit_of(dialogue, "sv", on=TODAY).level == LadderLevel.CONSULTATION


def test_without_a_level_nothing_is_promised(dialogue):
    Mandate.objects.filter(dialogue=dialogue).update(ladder_level=None)
    said = everything_said(dialogue, "en")

    assert "invites you" not in said
    assert not any(level_sentence(level) in said for level in LadderLevel)


def test_the_files_are_fit_for_the_archive_and_say_what_the_mandate_says(dialogue):
    body = dialogue.mandate.feeds_body.name
    for language, name, file in every_file(dialogue):
        said = words_of(file, name)
        assert dialogue.title in said, name
        assert body in said
        assert dialogue.mandate.feedback_promise in said
        assert f"/d/{dialogue.public_id}/" in said
        day = {"sv": "12 november 2026", "en": "12 November 2026"}[language]
        record = {"sv": "allmän handling", "en": "public record"}[language]
        no_name = {"sv": "behöver inte säga vad du heter", "en": "do not need to say your name"}
        assert day in said
        assert record in said
        assert no_name[language] in said
        if name.endswith(".pdf"):
            assert b"pdfaid:part" in file
            assert b"pdfuaid:part" in file


def test_a_pdf_is_told_in_its_language_and_the_poster_is_one_page(dialogue):
    for language in LANGUAGES:
        for paper, width in (("a4", 595), ("a3", 842)):
            name = f"affisch-{paper}.pdf"
            reader = pypdf.PdfReader(io.BytesIO(kit_file(dialogue, language, name, at=NOW).content))
            assert reader.trailer["/Root"]["/Lang"] == language
            assert len(reader.pages) == 1
            assert round(reader.pages[0].mediabox.width) == width
            assert reader.metadata.title == dialogue.title


def test_the_word_file_has_real_styles_a_language_and_a_picture_in_words(dialogue):
    file = kit_file(dialogue, "sv", "brev.docx", at=NOW).content
    document = docx.Document(io.BytesIO(file))
    xml = zipfile.ZipFile(io.BytesIO(file)).read("word/document.xml").decode()

    assert document.core_properties.title == dialogue.title
    assert document.core_properties.language == "sv-SE"
    assert {"Title", "Heading 1", "Heading 2"} <= {
        paragraph.style.name for paragraph in document.paragraphs
    }
    assert 'w:lang w:val="sv-SE"' in xml
    assert re.search(rf'descr="[^"]*/d/{dialogue.public_id}/"', xml)


def test_hostile_text_in_every_field_is_only_text():
    dialogue = dialogue_in(StepKind.PERSPECTIVES, title=HOSTILE, summary=HOSTILE)
    dialogue.organisation.name = HOSTILE
    dialogue.organisation.save()
    Mandate.objects.filter(dialogue=dialogue).update(
        open_to_influence=HOSTILE, feedback_promise=HOSTILE, feeds_what=HOSTILE
    )
    dialogue.mandate.feeds_body.name = HOSTILE
    dialogue.mandate.feeds_body.save()
    for kind in KitText:
        InvitationText.objects.create(
            dialogue=dialogue,
            kind=kind,
            language="en",
            heading=HOSTILE,
            text=HOSTILE,
            written_at=NOW,
        )
    dialogue.refresh_from_db()
    for _language, name, file in every_file(dialogue):
        assert '#panic("x")' in words_of(file, name)
        assert "</w:t>" in words_of(file, name)
    assert "<b>" not in kit_of(dialogue, "en", on=TODAY).web_html


def test_arabic_that_is_typed_stands_from_right_to_left(dialogue):
    for kind in (KitText.LETTER, KitText.POSTER):
        write(dialogue, kind, "sv", heading=ARABIC, text=ARABIC)
    xml = (
        zipfile.ZipFile(io.BytesIO(kit_file(dialogue, "sv", "brev.docx", at=NOW).content))
        .read("word/document.xml")
        .decode()
    )

    assert "<w:bidi/>" in xml
    assert ARABIC in xml
    for name in ("brev.pdf", "affisch-a4.pdf"):
        said = words_of(kit_file(dialogue, "sv", name, at=NOW).content, name)
        assert re.search(r"[\u0600-\u06ff\ufb50-\ufeff]{3}", said)


def test_very_long_texts_still_make_files(dialogue):
    Mandate.objects.filter(dialogue=dialogue).update(open_to_influence="ord och mer " * 160)
    write(dialogue, KitText.LETTER, "sv", heading="Ö" * 140, text="långt ord " * 399)
    write(dialogue, KitText.POSTER, "sv", heading="Ö" * 140, text="x" * 500)

    for name in FILES:
        assert kit_file(dialogue, "sv", name, at=NOW).content


def test_own_words_are_kept_per_language_and_the_suggestion_comes_back(dialogue):
    leader = UserFactory()
    write(dialogue, KitText.POSTER, "en", by=leader, heading="The school", text="Come.")

    assert kit_of(dialogue, "en", on=TODAY).texts[KitText.POSTER].text == "Come."
    assert not kit_of(dialogue, "sv", on=TODAY).texts[KitText.POSTER].is_written
    forget_invitation(dialogue=dialogue, kind=KitText.POSTER, language="en", by=leader, at=NOW)
    assert not kit_of(dialogue, "en", on=TODAY).texts[KitText.POSTER].is_written


def test_what_is_left_as_suggested_follows_the_mandate(dialogue):
    suggested = suggestion_for(dialogue, KitText.LETTER, "sv")
    assert write(dialogue, KitText.LETTER, "sv", text=suggested.text) is None

    Mandate.objects.filter(dialogue=dialogue).update(ladder_level=LadderLevel.INFLUENCE)

    assert suggestion_for(dialogue, KitText.LETTER, "sv").text != suggested.text
    assert kit_of(dialogue, "sv", on=TODAY).texts[KitText.LETTER].text != suggested.text


def test_two_who_write_the_same_text_see_each_other(dialogue):
    write(dialogue, KitText.LETTER, "sv", text="Den enas ord")
    with pytest.raises(EditConflictError):
        write(dialogue, KitText.LETTER, "sv", text="Den andras ord")

    assert InvitationText.objects.get().text == "Den enas ord"


def test_a_text_is_kept_once_per_language_and_never_empty(dialogue):
    row = {"dialogue": dialogue, "kind": KitText.WEB, "language": "sv", "written_at": NOW}
    InvitationText.objects.create(**row, heading="A", text="B")
    with transaction.atomic(), pytest.raises(IntegrityError, match="invitation_text_once"):
        InvitationText.objects.create(**row, heading="A", text="B")
    with (
        transaction.atomic(),
        pytest.raises(IntegrityError, match="invitation_text_says_something"),
    ):
        InvitationText.objects.create(**(row | {"language": "en"}), heading="", text="B")


def test_an_association_does_not_call_it_a_public_record(dialogue):
    dialogue.organisation.kind = OrganisationKind.ASSOCIATION
    dialogue.organisation.save()

    record = kit_of(dialogue, "sv", on=TODAY).record

    assert "allmän handling" not in record
    assert "behöver inte säga vad du heter" in record


def test_an_internal_dialogue_says_whom_it_is_for(dialogue):
    Dialogue.objects.filter(pk=dialogue.pk).update(visibility=Visibility.INTERNAL)
    dialogue.refresh_from_db()

    assert dialogue.organisation.name in kit_of(dialogue, "sv", on=TODAY).record


def test_the_leader_changes_a_text_on_its_page_and_goes_back(client, dialogue):
    where = address("kit_edit", dialogue, "sv", "letter")
    leader = sign_in(client, team_member(dialogue))
    suggested = suggestion_for(dialogue, KitText.LETTER, "sv")
    shown = {"initial-heading": suggested.heading, "initial-text": suggested.text}

    heavy = "Kommunstyrelsens förvaltningsövergripande samordningsfunktion organiserar. " * 5
    leader.post(where, {"heading": "Kom!", "text": heavy, **shown})

    assert InvitationText.objects.get().heading == "Kom!"
    assert "tung att läsa" in leader.get(where).content.decode()
    assert "Kom!" in leader.get(address("kit_in", dialogue, "sv")).content.decode()
    assert "Kom!" in leader.get(address("kit_preview", dialogue, "sv", "letter")).content.decode()
    leader.post(where, {"reset": "1"})
    assert not InvitationText.objects.exists()


def test_what_is_too_long_is_kept_on_the_page_and_not_stored(client, dialogue):
    leader = sign_in(client, team_member(dialogue))
    answer = leader.post(
        address("kit_edit", dialogue, "sv", "short"), {"heading": "Kom", "text": "lång " * 100}
    )

    assert "lång lång" in answer.content.decode()
    assert not InvitationText.objects.exists()


def test_each_download_asks_who_it_is(client, dialogue):
    where = address("kit_download", dialogue, "sv", "brev.pdf")
    member = dialogue.team.create(
        user=UserFactory(), role=TeamRole.OFFICIAL, starts_on=date(2026, 1, 1)
    )
    browser = sign_in(client, member.user)
    answer = browser.get(where)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"

    member.delete()

    assert browser.get(where).status_code == 404


def test_nobody_is_invited_to_what_is_only_information_or_over(client, dialogue):
    browser = sign_in(client, team_member(dialogue))
    Dialogue.objects.filter(pk=dialogue.pk).update(
        state=DialogueState.INFORMATION, information_reason="Redan beslutat"
    )
    assert browser.get(address("kit", dialogue)).status_code == 404

    Dialogue.objects.filter(pk=dialogue.pk).update(state=DialogueState.CLOSED)
    assert browser.get(address("kit_download", dialogue, "sv", "brev.pdf")).status_code == 404


@pytest.mark.parametrize("path", ["de/letter/", "sv/leaflet/", "sv/fil/brev.exe", "de/"])
def test_what_the_kit_does_not_have_is_not_found(client, dialogue, path):
    browser = sign_in(client, team_member(dialogue))

    assert browser.get(address("kit", dialogue) + path).status_code == 404


def test_the_short_address_leads_to_the_dialogue_for_those_who_may_read_it(client, dialogue):
    assert client.get(address("short", dialogue))["Location"] == dialogue.get_absolute_url()

    draft = DialogueFactory()
    StepFactory(dialogue=draft)
    assert client.get(address("short", draft)).status_code == 404
