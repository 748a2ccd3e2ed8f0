"""The process diary: never rewritten, corrected beside, and read by everybody where chosen."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import ProcessLogEntry
from brygga.dialogues.operations.log import (
    ForeignSubjectError,
    Subjects,
    choose_entry,
    correct_entry,
    write_entry,
)
from brygga.dialogues.queries.diary import diary_of, diary_pdf, public_diary_of
from brygga.dialogues.registry import Subject, Tool, registry
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, ProcessLogEntryFactory, dialogue_in, team_member
from tests.factories.outcomes import DecisionFactory
from tests.factories.planning import ActivityFactory, ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dialogue():
    return dialogue_in()


def write(dialogue, text="Vi intervjuar i små grupper", **more):
    return write_entry(
        dialogue=dialogue, kind=LogKind.CHOICE, text=text, by=UserFactory(), at=NOW, **more
    )


def test_what_is_written_cannot_be_rewritten_even_past_the_operations(dialogue):
    entry = write(dialogue, reason="Elevrådet bad om det")

    for change in ({"text": "Annat"}, {"reason": ""}, {"kind": LogKind.LEARNT}, {"corrects": None}):
        rewriting = ProcessLogEntry.objects.filter(pk=entry.pk)
        if change == {"corrects": None}:
            change = {"corrects": write(dialogue, text="En annan")}  # noqa: PLW2901 - needs a row
        with pytest.raises(DatabaseError, match="corrected by a new entry"), transaction.atomic():
            rewriting.update(**change)
    entry.refresh_from_db()
    assert (entry.text, entry.reason) == ("Vi intervjuar i små grupper", "Elevrådet bad om det")


def test_a_mistake_is_corrected_by_a_new_entry_that_points_at_the_old(dialogue):
    actor = ActorFactory(dialogue=dialogue)
    entry = write(dialogue, is_public=True, subjects=Subjects(actor=actor))

    correction = correct_entry(entry=entry, text="I stora grupper", by=UserFactory(), at=NOW)

    assert (correction.corrects, correction.kind) == (entry, LogKind.CORRECTION)
    assert (correction.is_public, correction.actor) == (True, actor)
    [shown] = public_diary_of(dialogue)
    assert [one.text for one in shown.corrections.all()] == ["I stora grupper"]


def test_an_entry_does_not_correct_itself():
    entry = ProcessLogEntryFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessLogEntry.objects.bulk_create(
            [
                ProcessLogEntry(
                    pk=entry.pk + 1,
                    corrects_id=entry.pk + 1,
                    dialogue=entry.dialogue,
                    at=NOW,
                    kind=LogKind.CORRECTION,
                    text="Fel",
                )
            ]
        )


def test_an_entry_is_about_things_of_its_own_dialogue(dialogue):
    elsewhere = dialogue_in()
    for subjects in (
        Subjects(step=elsewhere.steps.first()),
        Subjects(actor=ActorFactory(dialogue=elsewhere)),
        Subjects(activity=ActivityFactory(dialogue=elsewhere)),
        Subjects(corrects=write(elsewhere)),
    ):
        with pytest.raises(ForeignSubjectError):
            write(dialogue, subjects=subjects)


def test_what_everybody_reads_is_chosen_with_its_corrections(dialogue):
    entry, leader = write(dialogue), UserFactory()
    correct_entry(entry=entry, text="I stora grupper", by=leader, at=NOW)
    assert not public_diary_of(dialogue)

    choose_entry(entry=entry, is_public=True, by=leader, at=NOW)
    assert public_diary_of(dialogue).get().corrections.count() == 1
    assert ProcessLogEntry.objects.filter(is_public=True).count() == 2

    choose_entry(entry=entry, is_public=False, by=leader, at=NOW)
    assert not public_diary_of(dialogue)


def test_the_diary_is_searched_and_filtered(dialogue):
    step = dialogue.steps.first()
    actor = ActorFactory(dialogue=dialogue, name="Byalaget")
    with_actor = write(dialogue, text="Ett möte", subjects=Subjects(step=step, actor=actor))
    other = write(dialogue, text="Ett annat", is_public=True)

    assert list(diary_of(dialogue, words="byalaget möte")) == [with_actor]
    assert list(diary_of(dialogue, step=step.pk)) == [with_actor]
    assert list(diary_of(dialogue, only_public=True)) == [other]
    assert list(diary_of(dialogue, kind=LogKind.LEARNT)) == []


def test_decisions_and_things_of_any_tool_can_be_written_about(dialogue, monkeypatch):
    decision = DecisionFactory(dialogue=dialogue, title="Skolan blir kvar")
    example = Tool(
        name="example",
        label="Example",
        diary_subjects=lambda dialogue: [Subject("example:1", "Ett exempel", "/exempel/")],
    )
    monkeypatch.setattr(registry, "tools", {**registry.tools, "example": example})

    titles = {one.title for one in registry.diary_subjects(dialogue).values()}

    assert {"Skolan blir kvar", "Ett exempel"} <= titles
    assert f"outcomes:decision:{decision.public_id}" in registry.diary_subjects(dialogue)


def test_the_diary_is_a_paper_for_the_archive(dialogue):
    write(dialogue, text="#set text(red) *inte* kod", subjects=Subjects(of_tool="gone"))

    paper = diary_pdf(dialogue, diary_of(dialogue), {}, at=NOW)

    assert paper.startswith(b"%PDF-")
    assert b"pdfaid:part" in paper


def test_a_leader_writes_corrects_and_chooses_through_the_pages(client, dialogue):
    leader = team_member(dialogue)
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("dialogues:log", args=[dialogue.public_id])
    typed = {"kind": "learnt", "text": "Fler kom", "is_public": "on", "client_key": "a"}
    for _ in range(2):
        client.post(page, typed)
    entry = ProcessLogEntry.objects.get(kind="learnt")
    correcting = reverse("dialogues:log_correct", args=[dialogue.public_id, entry.pk])
    client.post(correcting, {"text": "Färre kom", "client_key": "b"})

    public = reverse("dialogues:how", args=[dialogue.slug, dialogue.public_id])
    client.logout()
    text = client.get(public).content.decode()

    assert "Fler kom" in text
    assert "Färre kom" in text
    assert leader.name not in text
