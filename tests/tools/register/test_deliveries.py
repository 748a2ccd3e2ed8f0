"""“Till diariet”: one paper and one list, made once, mailed once, and a number that comes back."""

import csv
import hashlib
from io import BytesIO, StringIO

import openpyxl
import pypdf
import pytest
from django.db import ProgrammingError, transaction
from django.test import override_settings
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.audit.models import AuditRow
from brygga.core.mail import operations as mail
from brygga.core.mail.letters import build_letter
from brygga.core.mail.models import Message
from brygga.core.registry import registry as core
from brygga.core.registry.records import RecordEntry, RecordPart
from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.queries.mandates import mandate_pdf
from brygga.dialogues.queries.moderation import version_of
from brygga.dialogues.registry import Tool, registry
from brygga.tools.register.enums import PaperKind, Scope
from brygga.tools.register.models import Delivery, NumberChange, Paper
from brygga.tools.register.operations.deliveries import (
    ForeignBodyError,
    NoAddressError,
    ask_for_delivery,
)
from brygga.tools.register.operations.making import NothingNewError, make_delivery
from brygga.tools.register.operations.numbers import (
    CorrectionNeedsReasonError,
    NotMadeYetError,
    StrangeNumberError,
    enter_number,
)
from brygga.tools.register.rules import fits_series
from tests.core.mail.ledger import carry
from tests.factories.accounts import BodyFactory, UserFactory, person_with
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    ProcessLogEntryFactory,
)
from tests.factories.outcomes import walk_in
from tests.factories.perspectives import StatementFactory, StatementRoundFactory

pytestmark = pytest.mark.django_db
MODEL = "django.contrib.auth.backends.ModelBackend"


def asked(dialogue, leader, scope=Scope.ALL, **more):
    words = {
        "dialogue": dialogue,
        "body": dialogue.bodies.get(),
        "scope": scope,
        "left_out": [],
        "client_key": None,
        "by": leader,
        "at": NOW,
    }
    return ask_for_delivery(**words | more).delivery


def made(dialogue, leader, **more):
    return make_delivery(delivery_pk=asked(dialogue, leader, **more).pk, at=NOW)


def rows_of(delivery):
    content = bytes(delivery.papers.get(kind=PaperKind.CSV).content)
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_it_holds_what_came_in_and_what_was_established_with_hidden_originals(dialogue, leader):
    walk_in(dialogue)
    named = ContributionFactory(dialogue=dialogue, text="Ring Birgitta om bussen.")
    masks = Decision(to=ContributionState.PUBLISHED, masks=["Birgitta"], words="Ett namn.")
    decide(contribution=named, decision=masks, seen=version_of(named), by=leader, at=NOW)
    StatementFactory(round=StatementRoundFactory(dialogue=dialogue), text="Bussen ska gå oftare.")
    ProcessLogEntryFactory(dialogue=dialogue, text="Vi valde byn", reason="Där bor de berörda")
    InsightFactory(dialogue=dialogue, text="Ett utkast", state=InsightState.DRAFT)
    rows = rows_of(made(dialogue, leader))

    assert {row["Del"] for row in rows} >= {
        "Inspel",
        "Uppdrag och startkontroll",
        "Publicerade resultat",
        "Slutsatser",
        "Granskningen i siffror",
        "Processdagbok",
        "Påståenden och svar",
        "Förslag",
        "Beslut",
        "Åtgärder och åtaganden",
    }
    hidden = next(row for row in rows if row["Text"] == "Grannen Berit är dum.")
    assert hidden["Slag"] == "Dolt inspel, original"
    assert "Pekar ut någon." in hidden.values()
    assert hidden["Inkommen eller upprättad"] == "Inkommen"
    masked = next(row for row in rows if row["Text"] == "Ring Birgitta om bussen.")
    assert masked["Slag"] == "Inspel med maskade ord, original"
    assert any(row["Text"].startswith("Bussen ska gå oftare.") for row in rows)
    assert "Ett utkast" not in {row["Rubrik"] for row in rows}


def test_the_paper_is_fit_for_the_archive_whatever_people_wrote(dialogue, leader):
    ContributionFactory(dialogue=dialogue, text="Tack 🙏 från ትግርኛ och العربية #panic()")
    delivery = made(dialogue, leader)
    papers = {paper.kind: bytes(paper.content) for paper in delivery.papers.all()}
    assert b"<pdfaid:part>2</pdfaid:part>" in papers["pdf"]
    assert "Tack 🙏 från ትግርኛ" in papers["csv"].decode("utf-8-sig")
    sheet = openpyxl.load_workbook(BytesIO(papers["xlsx"])).worksheets[0]
    assert sheet.max_row == len(rows_of(delivery)) + 1


def test_what_is_left_out_stays_out(dialogue, leader):
    ContributionFactory(dialogue=dialogue)
    rows = rows_of(made(dialogue, leader, left_out=["voices", "diary"]))
    assert {row["Del"] for row in rows} & {"Inspel", "Processdagbok"} == set()


def test_the_next_time_only_what_is_new_or_changed_goes(dialogue, leader):
    old, later_hidden = ContributionFactory.create_batch(2, dialogue=dialogue)
    made(dialogue, leader)
    with pytest.raises(NothingNewError):
        made(dialogue, leader, scope=Scope.NEW)
    assert Delivery.objects.count() == 1  # what would have been empty is not kept
    fresh = ContributionFactory(dialogue=dialogue, text="Detta kom sedan.")
    later_hidden.state, later_hidden.state_reason = ContributionState.HIDDEN, "Pekar ut någon."
    later_hidden.save()
    rows = rows_of(made(dialogue, leader, scope=Scope.NEW))
    voices = {row["Nummer"] for row in rows if row["Del"] == "Inspel"}
    assert voices == {fresh.public_id, later_hidden.public_id}
    assert old.public_id not in voices


def test_a_delivery_is_made_once_numbered_once_and_mailed_once(dialogue, leader):
    delivery = asked(dialogue, leader, client_key="a form")
    assert asked(dialogue, leader, client_key="a form") == delivery
    first = make_delivery(delivery_pk=delivery.pk, at=NOW)
    before = dict(first.papers.values_list("kind", "sha256"))
    ContributionFactory(dialogue=dialogue)
    again = make_delivery(delivery_pk=delivery.pk, at=NOW)
    assert dict(again.papers.values_list("kind", "sha256")) == before
    assert Message.objects.filter(kind="register.delivery").count() == 1
    assert made(dialogue, leader).number == delivery.number + 1
    assert AuditRow.objects.filter(action="register.ask").count() == 2


def test_the_database_lets_nobody_change_or_remove_a_paper(dialogue, leader):
    made(dialogue, leader)
    for change in (
        lambda: Paper.objects.update(content=b"other"),
        lambda: Paper.objects.first().delete(),
    ):
        with (
            pytest.raises(ProgrammingError, match="never changed or removed"),
            transaction.atomic(),
        ):
            change()
    for paper in Paper.objects.all():
        assert hashlib.sha256(bytes(paper.content)).hexdigest() == paper.sha256


def test_the_letter_carries_the_files_as_they_are_and_the_same_bytes_each_time(dialogue, leader):
    delivery = made(dialogue, leader)
    message = Message.objects.get(kind="register.delivery")
    mail.render(pk=message.pk, at=NOW)
    message.refresh_from_db()
    assert message.recipient == "registrator@example.test"
    assert reverse("register:delivery", args=[dialogue.public_id, delivery.public_id]) in (
        message.body_text
    )
    assert build_letter(message).content == build_letter(message).content
    enclosed = {each.name: bytes(each.content) for each in message.attachments.all()}
    assert enclosed == {paper.name: bytes(paper.content) for paper in delivery.papers.all()}
    assert len(carry(message).message_id) > 10
    mail.forget_letters(address="registrator@example.test", at=NOW)
    assert not message.attachments.exists()


@override_settings(MAIL_LARGEST=1_000)
def test_files_too_large_for_a_letter_wait_behind_the_sign_in(dialogue, leader, client):
    delivery = made(dialogue, leader)
    message = Message.objects.get(kind="register.delivery")
    assert not message.attachments.exists()
    address = reverse("register:paper", args=[dialogue.public_id, delivery.public_id, "pdf"])
    assert client.get(address).status_code == 302
    client.force_login(person_with(Role.REGISTRAR, dialogue.organisation), backend=MODEL)
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_body_without_address_or_right_is_refused(dialogue, leader):
    with pytest.raises(NoAddressError):
        asked(dialogue, leader, body=BodyFactory(organisation=dialogue.organisation))
    with pytest.raises(ForeignBodyError):
        asked(dialogue, leader, body=BodyFactory(registrar_email="x@example.test"))
    assert not Delivery.objects.exists()


def test_the_number_comes_back_and_stands_in_public(dialogue, leader, client):
    delivery = asked(dialogue, leader)
    registrar = person_with(Role.REGISTRAR, dialogue.organisation)
    with pytest.raises(NotMadeYetError):
        enter_number(delivery=delivery, dnr="BUN 2026/41", by=registrar, at=NOW)
    make_delivery(delivery_pk=delivery.pk, at=NOW)
    with pytest.raises(StrangeNumberError):
        enter_number(delivery=delivery, dnr="KS 12", by=registrar, at=NOW)
    client.force_login(registrar, backend=MODEL)
    address = reverse("register:number", args=[dialogue.public_id, delivery.public_id])
    wrong = client.post(address, {"dnr": "KS 12"})
    assert wrong.status_code == 422
    assert "KS 12" in wrong.content.decode()
    assert client.post(address, {"dnr": "BUN 2026/41"}).status_code == 302
    page = client.get(dialogue.get_absolute_url()).content.decode()
    assert "Ärendet har diarienummer" in page
    assert "BUN 2026/41" in page
    printed = pypdf.PdfReader(BytesIO(mandate_pdf(dialogue, at=NOW))).pages[0].extract_text()
    assert "BUN 2026/41" in printed


def test_a_correction_says_why_and_keeps_what_stood_there(dialogue, leader):
    delivery = made(dialogue, leader)
    enter_number(delivery=delivery, dnr="BUN 2026/41", by=leader, at=NOW)
    assert enter_number(delivery=delivery, dnr="BUN 2026/41", by=leader, at=NOW)
    with pytest.raises(CorrectionNeedsReasonError):
        enter_number(delivery=delivery, dnr="BUN 2026/42", by=leader, at=NOW)
    enter_number(delivery=delivery, dnr="BUN 2026/42", reason="Fel rad", by=leader, at=NOW)
    change = NumberChange.objects.get()
    assert (change.before, change.after, change.reason) == ("BUN 2026/41", "BUN 2026/42", "Fel rad")


def test_who_is_no_registrar_enters_no_number(dialogue, leader, client):
    delivery = made(dialogue, leader)
    client.force_login(leader, backend=MODEL)
    address = reverse("register:number", args=[dialogue.public_id, delivery.public_id])
    assert client.post(address, {"dnr": "BUN 2026/41"}).status_code == 404


def test_the_registrar_sees_today_what_has_no_number_and_when_it_is_late(dialogue, leader):
    delivery = made(dialogue, leader)
    registrar = person_with(Role.REGISTRAR, dialogue.organisation)

    def waits(user, at):
        return [
            item
            for item in core.today_items(user, at)
            if f"leverans {delivery.number}" in item.title
        ]

    [item] = waits(registrar, NOW)
    assert not item.is_overdue
    [late] = waits(registrar, NOW.replace(month=6))
    assert late.is_overdue
    assert waits(UserFactory(), NOW) == []
    enter_number(delivery=delivery, dnr="BUN 2026/41", by=registrar, at=NOW)
    assert waits(registrar, NOW) == []


@pytest.mark.parametrize(
    ("dnr", "series", "fits"),
    [
        ("BUN 2026/41", "BUN", True),
        ("bun 2026:41", "BUN", True),
        ("BUN-2026-41", "BUN", True),
        ("KS 2026/41", "BUN", False),
        ("BUN 41", "BUN", False),
        ("2026-41", "", True),
        ("snart", "", False),
    ],
)
def test_a_number_has_the_form_of_its_series(dnr, series, fits):
    assert fits_series(dnr, series) == fits


def test_a_tool_gives_its_own_part(dialogue, leader, monkeypatch):
    entry = RecordEntry(NOW, "X1", "Lott", "Dragen")
    part = RecordPart("draws", "Lottningar", False, (entry,))
    example = Tool("example", "Example", for_the_register=lambda dialogue, at: [part])
    monkeypatch.setattr(registry, "tools", {"example": example})
    assert "Lottningar" in {row["Del"] for row in rows_of(made(dialogue, leader))}
