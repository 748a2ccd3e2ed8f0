from datetime import date

import pytest

from brygga.core.audit.queries import trail
from brygga.dialogues.enums import (
    DialogueForm,
    DialogueState,
    LogKind,
    StepKind,
    StepState,
    TeamRole,
)
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.steps import (
    ExitCriteriaError,
    LadderAboveMandateError,
    LastStepError,
    NotAnEarlierStepError,
    ReasonMissingError,
    StartCheckFailsError,
    StepHasMovedError,
    edit_step,
    move_on,
    return_to,
    tick,
)
from brygga.dialogues.queries import get_current_step
from brygga.dialogues.queries.diary import public_diary_of
from brygga.dialogues.queries.steps import checklist_of, rounds_of, steps_of
from brygga.dialogues.queries.templates import step_templates
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, ChecklistItemFactory, dialogue_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


@pytest.fixture
def leader():
    return UserFactory()


def test_moving_on_ends_one_step_today_and_begins_the_next(leader):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    here = get_current_step(dialogue)

    following = move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW)

    here.refresh_from_db()
    assert (here.state, here.last_day) == (StepState.DONE, TODAY)
    assert (following.kind, following.state, following.starts_on) == (
        StepKind.DIALOGUE,
        StepState.CURRENT,
        TODAY,
    )
    entry = public_diary_of(dialogue).get()
    assert entry.kind == LogKind.STEP_MOVED


def test_a_form_sent_twice_moves_once(leader):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    here = get_current_step(dialogue)
    move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW)

    with pytest.raises(StepHasMovedError):
        move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW)

    assert get_current_step(dialogue).kind == StepKind.DIALOGUE


def test_unmet_exit_criteria_need_a_reason_that_the_diary_keeps(leader):
    dialogue = dialogue_in(StepKind.PERSPECTIVES)
    here = get_current_step(dialogue)
    met = ChecklistItemFactory(step=here, code="given-back", is_exit_criterion=True)
    ChecklistItemFactory(step=here, code="no-perspective-missing", is_exit_criterion=True)
    ChecklistItemFactory(step=here, code="ask-who-else")
    tick(item=met, is_done=True, by=leader, at=NOW)

    with pytest.raises(ExitCriteriaError) as error:
        move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW)
    assert [check.item.code for check in error.value.unmet] == ["no-perspective-missing"]

    move_on(dialogue=dialogue, from_step=here, reason="Valet kom emellan", by=leader, at=NOW)

    assert public_diary_of(dialogue).get().reason == "Valet kom emellan"


@pytest.mark.parametrize("state", [DialogueState.DRAFT, DialogueState.INFORMATION])
def test_the_first_step_is_left_only_with_a_start_check_that_holds(leader, state):
    dialogue = dialogue_in(StepKind.PREPARATION, state=state)
    here = get_current_step(dialogue)
    dialogue.mandate.commissioner = ""
    dialogue.mandate.save()

    with pytest.raises(StartCheckFailsError):
        move_on(dialogue=dialogue, from_step=here, reason="Ändå", by=leader, at=NOW)

    dialogue.mandate.commissioner = "Kommunstyrelsen"
    dialogue.mandate.save()
    assert move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW).kind == "perspectives"


def test_after_the_last_step_there_is_nowhere_to_go(leader):
    dialogue = dialogue_in(StepKind.CAPACITY)

    with pytest.raises(LastStepError):
        move_on(dialogue=dialogue, from_step=get_current_step(dialogue), by=leader, at=NOW)


def test_returning_begins_a_new_round_from_the_earlier_step_on(leader):
    dialogue = dialogue_in(StepKind.PROPOSALS)
    perspectives = steps_of(dialogue)[1]

    again = return_to(
        dialogue=dialogue,
        from_step=get_current_step(dialogue),
        to_step=perspectives,
        reason="Ungdomarna saknades",
        by=leader,
        at=NOW,
    )

    steps = steps_of(dialogue)
    assert [(step.kind, step.round, step.state) for step in steps] == [
        ("preparation", 1, "done"),
        ("perspectives", 2, "current"),
        ("dialogue", 2, "coming"),
        ("proposals", 2, "coming"),
        ("decision", 2, "coming"),
        ("implementation", 2, "coming"),
        ("capacity", 2, "coming"),
    ]
    assert again == steps[1]
    assert list(rounds_of(again)) == [perspectives]
    assert checklist_of(again).total == len(step_templates(DialogueForm.COMPLEX)[1].checks)
    assert dialogue.steps.get(kind=StepKind.PROPOSALS, round=1).state == StepState.LEFT
    entry = public_diary_of(dialogue).get()
    assert (entry.kind, entry.reason) == (LogKind.STEP_RETURNED, "Ungdomarna saknades")


def test_one_can_return_twice_and_go_on_to_the_end(leader):
    dialogue = dialogue_in(StepKind.DIALOGUE)
    for _ in range(2):
        return_to(
            dialogue=dialogue,
            from_step=get_current_step(dialogue),
            to_step=steps_of(dialogue)[1],
            reason="Fler röster",
            by=leader,
            at=NOW,
        )
        here = get_current_step(dialogue)
        move_on(dialogue=dialogue, from_step=here, reason="Klart", by=leader, at=NOW)
    while get_current_step(dialogue).kind != StepKind.CAPACITY:
        here = get_current_step(dialogue)
        move_on(dialogue=dialogue, from_step=here, reason="Klart", by=leader, at=NOW)

    assert [step.state for step in steps_of(dialogue)] == ["done"] * 6 + ["current"]


def test_returning_needs_a_reason_and_an_earlier_step(leader):
    dialogue = dialogue_in(StepKind.DIALOGUE)
    steps = steps_of(dialogue)
    back = {"dialogue": dialogue, "from_step": steps[2], "by": leader, "at": NOW}

    with pytest.raises(ReasonMissingError):
        return_to(to_step=steps[1], reason="", **back)
    for not_earlier in (steps[2], steps[3], steps_of(dialogue_in(StepKind.DIALOGUE))[0]):
        with pytest.raises(NotAnEarlierStepError):
            return_to(to_step=not_earlier, reason="Fel", **back)


def test_a_step_cannot_promise_more_than_the_mandate(leader):
    step = get_current_step(dialogue_in(StepKind.PERSPECTIVES))
    before = {"ladder_level": None}

    with pytest.raises(LadderAboveMandateError):
        edit_step(step=step, before=before, after={"ladder_level": 4}, by=leader, at=NOW)
    edited = edit_step(step=step, before=before, after={"ladder_level": 3}, by=leader, at=NOW)

    assert edited.ladder_level == 3


def test_two_people_editing_a_step_meet_no_silent_loss(leader):
    step = get_current_step(dialogue_in())
    before = {"public_text": ""}
    edit_step(step=step, before=before, after={"public_text": "Åsas"}, by=leader, at=NOW)

    with pytest.raises(EditConflictError):
        edit_step(step=step, before=before, after={"public_text": "Bos"}, by=leader, at=NOW)

    step.refresh_from_db()
    assert step.public_text == "Åsas"


def test_a_tick_says_who_and_when_and_can_be_taken_back(leader):
    item = ChecklistItemFactory(code="case-opened")

    item = tick(item=item, is_done=True, by=leader, at=NOW)
    assert (item.done_at, item.done_by) == (NOW, leader)
    tick(item=item, is_done=True, by=UserFactory(), at=NOW)
    item = tick(item=item, is_done=False, by=leader, at=NOW)

    assert (item.done_at, item.done_by) == (None, None)
    assert [row.action for row in trail(item)] == ["checklist.untick", "checklist.tick"]


@pytest.mark.parametrize("form", DialogueForm)
def test_every_template_has_wordings_in_both_languages_and_a_way_out_of_each_step(form):
    for step in step_templates(form):
        codes = [check.code for check in step.checks]
        assert len(set(codes)) == len(codes)
        assert any(check.is_exit_criterion for check in step.checks)
        assert all(check.sv.endswith((".", "?")) and check.en for check in step.checks)


def test_the_complex_form_follows_the_seven_steps_and_says_where_residents_take_part():
    templates = step_templates(DialogueForm.COMPLEX)

    assert [template.kind for template in templates] == list(StepKind)[:7]
    assert [index for index, step in enumerate(templates, start=1) if step.residents_take_part] == [
        2,
        3,
        4,
        6,
    ]
    roles = {check.role for step in templates for check in step.checks}
    assert roles == set(TeamRole) - {TeamRole.OWNER}
