"""Every point of the start check, failing alone, keeps a matter from being called a dialogue."""

from datetime import date

import pytest
from django.utils.translation import override

from brygga.accounts.models import User
from brygga.dialogues.enums import (
    DialogueForm,
    DialogueState,
    FeedsKind,
    LadderLevel,
    StepKind,
    Visibility,
)
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.publication import publish_as_dialogue
from brygga.dialogues.operations.steps import StartCheckFailsError
from brygga.dialogues.queries.start_check import feeds_kind_for, start_check
from tests.factories.dialogues import NOW, dialogue_in, team_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


def draft(**fields) -> Dialogue:
    return dialogue_in(state=DialogueState.DRAFT, **fields)


def leader(dialogue: Dialogue) -> User:
    return team_member(dialogue)


def test_a_mandate_in_which_everything_is_said_holds():
    dialogue = draft()

    check = start_check(dialogue, dialogue.mandate, on=TODAY)

    assert check.holds
    assert len(check.points) == 11
    assert publish_as_dialogue(dialogue=dialogue, by=leader(dialogue), at=NOW).state == "published"


@pytest.mark.parametrize(
    ("field", "value", "point"),
    [
        ("commissioner", "", "commissioner"),
        ("steering_group", "", "steering"),
        ("fixed_by_law", "", "fixed"),
        ("fixed_by_money", "", "fixed"),
        ("fixed_by_decisions", "", "fixed"),
        ("resources", "", "resources"),
        ("issue_is_open", None, "open"),
        ("issue_is_open", False, "open"),
        ("deciders_are_open", None, "open"),
        ("deciders_are_open", False, "open"),
        ("open_to_influence", "", "open"),
        ("ladder_level", None, "ladder"),
        ("ladder_level", LadderLevel.INFORMATION, "ladder"),
        ("feeds_what", "", "feeds"),
        ("feeds_body", None, "feeds"),
        ("feeds_on", None, "feeds"),
        ("feeds_on", date(2026, 3, 31), "feeds"),
        ("feedback_promise", "", "promise"),
        ("feedback_on", None, "promise"),
        ("feedback_on", date(2026, 3, 31), "promise"),
        ("feedback_owner", None, "promise"),
        ("start_body", None, "start"),
        ("start_on", None, "start"),
        ("start_dnr", "", "start"),
        ("children_concerned", None, "children"),
        ("children_heard", "", "children"),
        ("information_text", "", "data"),
        ("assessment_reference", "", "data"),
        ("legal_ground", "", "data"),
        ("retention_class", "", "data"),
    ],
)
def test_one_failing_point_alone_blocks_publishing_as_a_dialogue(field, value, point):
    dialogue = draft()
    setattr(dialogue.mandate, field, value)
    dialogue.mandate.save()

    with pytest.raises(StartCheckFailsError) as error:
        publish_as_dialogue(dialogue=dialogue, by=leader(dialogue), at=NOW)

    assert [failing.code for failing in error.value.failing] == [point]
    assert all(str(text) for text in error.value.failing[0].missing)
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.published_at) == (DialogueState.DRAFT, None)


def test_children_who_are_not_concerned_need_not_be_heard():
    dialogue = draft()
    dialogue.mandate.children_concerned = False
    dialogue.mandate.children_heard = ""

    assert start_check(dialogue, dialogue.mandate, on=TODAY).holds


def test_a_reason_stands_in_for_an_impact_assessment():
    dialogue = draft()
    dialogue.mandate.assessment_reference = ""
    dialogue.mandate.no_assessment_reason = "Inga personuppgifter samlas in."

    assert start_check(dialogue, dialogue.mandate, on=TODAY).holds


def test_the_day_of_publishing_is_not_too_late_for_the_decision():
    dialogue = draft()
    dialogue.mandate.feeds_on = TODAY

    assert start_check(dialogue, dialogue.mandate, on=TODAY).holds


@pytest.mark.parametrize(
    ("form", "visibility", "kind"),
    [
        (DialogueForm.COMPLEX, Visibility.PUBLIC, FeedsKind.DECISION),
        (DialogueForm.SIMPLE, Visibility.PUBLIC, FeedsKind.DECISION),
        (DialogueForm.AREA, Visibility.PUBLIC, FeedsKind.REPORT),
        (DialogueForm.COMPLEX, Visibility.INTERNAL, FeedsKind.MANAGER),
        (DialogueForm.AREA, Visibility.INTERNAL, FeedsKind.MANAGER),
    ],
)
def test_what_a_dialogue_feeds_depends_on_its_form(form, visibility, kind):
    assert feeds_kind_for(form, visibility) == kind


def test_an_area_dialogue_asks_for_the_report_and_its_day():
    dialogue = dialogue_in(StepKind.BEFORE, state=DialogueState.DRAFT, form=DialogueForm.AREA)
    assert start_check(dialogue, dialogue.mandate, on=TODAY).holds

    dialogue.mandate.feeds_on = None
    (failing,) = start_check(dialogue, dialogue.mandate, on=TODAY).failing

    with override("en"):
        assert [str(text) for text in failing.missing] == [
            "Give the day by which the report is handed over."
        ]


def test_an_internal_dialogue_asks_for_a_named_manager_and_for_no_body():
    dialogue = draft(visibility=Visibility.INTERNAL)
    dialogue.mandate.feeds_body = dialogue.mandate.start_body = None
    (failing,) = start_check(dialogue, dialogue.mandate, on=TODAY).failing
    assert failing.code == "feeds"

    dialogue.mandate.feeds_manager = "Mona Berg, förvaltningschef"

    assert start_check(dialogue, dialogue.mandate, on=TODAY).holds
