from datetime import date
from decimal import Decimal

import pytest

from brygga.accounts.models import User
from brygga.core.audit.queries import trail
from brygga.dialogues.enums import (
    DialogueForm,
    DialogueState,
    LogKind,
    StepKind,
    StepState,
    TeamRole,
    Visibility,
)
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.dialogue_form import SameFormError, change_form
from brygga.dialogues.operations.dialogues import (
    NewDialogue,
    SameDialogueError,
    edit_dialogue,
    link_to_earlier,
    open_dialogue,
    slug_for,
)
from brygga.dialogues.operations.mandate import MandateBreaksError, save_mandate
from brygga.dialogues.operations.publication import (
    FeedbackMissingError,
    WrongStateError,
    cancel,
    close,
    publish_as_dialogue,
    publish_as_information,
)
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.diary import public_diary_of
from brygga.dialogues.queries.steps import steps_of
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory
from tests.factories.dialogues import NOW, dialogue_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader() -> User:
    return UserFactory()


def new(**fields):
    return NewDialogue(
        **{
            "title": "Byskolan i Sjöviken",
            "summary": "Ska skolan vara kvar?",
            "form": DialogueForm.COMPLEX,
        }
        | fields
    )


def test_opening_lays_out_steps_checklist_mandate_and_team(leader):
    body = BodyFactory()

    dialogue = open_dialogue(
        organisation=body.organisation, new=new(bodies=[body]), by=leader, at=NOW
    )

    assert (dialogue.slug, dialogue.state) == ("byskolan-i-sjoviken", DialogueState.DRAFT)
    assert [step.kind for step in steps_of(dialogue)] == list(StepKind)[:7]
    assert [step.residents_take_part for step in steps_of(dialogue)] == [
        False,
        True,
        True,
        True,
        False,
        True,
        False,
    ]
    first = steps_of(dialogue)[0]
    assert (first.state, first.starts_on) == (StepState.CURRENT, date(2026, 4, 1))
    assert first.checklist.filter(is_exit_criterion=True).count() == 2
    assert dialogue.mandate.feeds == "decision"
    assert [(member.user, member.role) for member in dialogue.team.all()] == [
        (leader, TeamRole.PROCESS_LEADER)
    ]
    assert [row.action for row in trail(dialogue)] == ["dialogue.open"]


def test_the_same_form_sent_twice_opens_one_dialogue(leader):
    organisation = OrganisationFactory()
    once, again = (
        open_dialogue(organisation=organisation, new=new(client_key="k1"), by=leader, at=NOW)
        for _ in range(2)
    )

    assert once == again
    assert Dialogue.objects.count() == 1
    other = open_dialogue(organisation=organisation, new=new(client_key="k2"), by=leader, at=NOW)
    assert other != once


def test_nothing_is_opened_when_a_part_of_it_fails(leader):
    with pytest.raises(TypeError):
        open_dialogue(organisation=OrganisationFactory(), new=new(bodies=None), by=leader, at=NOW)

    assert not Dialogue.objects.exists()


def test_a_title_in_another_alphabet_has_a_plain_slug():
    assert slug_for("مدرسة القرية") == "dialog"


def test_editing_keeps_what_a_colleague_changed_meanwhile(leader):
    dialogue = dialogue_in(title="Före", background="Före")
    shown = {"title": "Före", "background": "Före"}
    edit = {"dialogue": dialogue, "bodies": [], "themes": [], "by": leader, "at": NOW}
    edit_dialogue(before=shown, after=shown | {"title": "Åsa bytte titel"}, **edit)

    dialogue = edit_dialogue(before=shown, after=shown | {"background": "Bo skrev"}, **edit)

    assert (dialogue.title, dialogue.background) == ("Åsa bytte titel", "Bo skrev")
    assert dialogue.slug == "asa-bytte-titel"
    assert dialogue.version == 3


def test_editing_the_same_field_twice_tells_the_other_text_and_saves_nothing(leader):
    dialogue = dialogue_in(title="Före", background="Före")
    shown = {"title": "Före", "background": "Före"}
    edit = {"dialogue": dialogue, "bodies": [], "themes": [], "by": leader, "at": NOW}
    edit_dialogue(before=shown, after=shown | {"title": "Åsas"}, **edit)

    with pytest.raises(EditConflictError) as error:
        edit_dialogue(before=shown, after={"title": "Bos", "background": "Bos"}, **edit)

    assert [(clash.field, clash.theirs) for clash in error.value.clashes] == [("title", "Åsas")]
    dialogue.refresh_from_db()
    assert (dialogue.title, dialogue.background) == ("Åsas", "Före")


def test_a_dialogue_builds_on_another_once_and_not_on_itself(leader):
    dialogue, earlier = dialogue_in(), dialogue_in()
    for _ in range(2):
        link_to_earlier(dialogue=dialogue, earlier=earlier, how="Samma skola", by=leader, at=NOW)

    assert list(dialogue.earlier.all()) == [earlier]
    assert list(earlier.later.all()) == [dialogue]
    with pytest.raises(SameDialogueError):
        link_to_earlier(dialogue=dialogue, earlier=dialogue, by=leader, at=NOW)


def test_information_needs_a_reason_that_readers_see(leader):
    dialogue = dialogue_in(state=DialogueState.DRAFT)
    with pytest.raises(ReasonMissingError):
        publish_as_information(dialogue=dialogue, reason="", by=leader, at=NOW)

    dialogue = publish_as_information(
        dialogue=dialogue, reason="Beslutet är redan fattat.", by=leader, at=NOW
    )

    assert dialogue.state == DialogueState.INFORMATION
    assert dialogue.information_reason == "Beslutet är redan fattat."
    (entry,) = public_diary_of(dialogue)
    assert (entry.kind, entry.reason) == (LogKind.PUBLISHED, "Beslutet är redan fattat.")


def test_information_becomes_a_dialogue_once_the_start_check_holds(leader):
    dialogue = dialogue_in(state=DialogueState.INFORMATION)

    dialogue = publish_as_dialogue(dialogue=dialogue, by=leader, at=NOW)

    assert (dialogue.state, dialogue.information_reason) == (DialogueState.PUBLISHED, "")


def test_publishing_twice_is_refused(leader):
    dialogue = dialogue_in(state=DialogueState.DRAFT)
    publish_as_dialogue(dialogue=dialogue, by=leader, at=NOW)

    with pytest.raises(WrongStateError):
        publish_as_dialogue(dialogue=dialogue, by=leader, at=NOW)


def test_breaking_off_tells_why_and_what_happens_now(leader):
    dialogue = dialogue_in(StepKind.DIALOGUE)
    with pytest.raises(ReasonMissingError):
        cancel(dialogue=dialogue, reason="", feedback="Tack", by=leader, at=NOW)
    with pytest.raises(FeedbackMissingError):
        cancel(dialogue=dialogue, reason="Domstol", feedback="", by=leader, at=NOW)

    dialogue = cancel(dialogue=dialogue, reason="Domstol", feedback="Tack", by=leader, at=NOW)

    assert (dialogue.state, dialogue.ended_at) == (DialogueState.CANCELLED, NOW)
    assert not dialogue.steps.filter(state=StepState.CURRENT).exists()
    assert public_diary_of(dialogue).get().reason == "Domstol"


def test_closing_ends_the_step_under_way(leader):
    dialogue = close(dialogue=dialogue_in(StepKind.CAPACITY), by=leader, at=NOW)

    assert dialogue.state == DialogueState.CLOSED
    last = steps_of(dialogue)[-1]
    assert (last.state, last.last_day) == (StepState.DONE, date(2026, 4, 1))


def test_a_draft_is_not_closed_and_what_has_ended_is_not_broken_off(leader):
    with pytest.raises(WrongStateError):
        close(dialogue=dialogue_in(state=DialogueState.DRAFT), by=leader, at=NOW)
    with pytest.raises(WrongStateError):
        cancel(
            dialogue=dialogue_in(state=DialogueState.CLOSED),
            reason="Nej",
            feedback="Tack",
            by=leader,
            at=NOW,
        )


def test_a_simple_matter_that_proves_complex_keeps_its_past_and_stands_on_the_same_stretch(leader):
    dialogue = dialogue_in(StepKind.DURING)

    dialogue = change_form(
        dialogue=dialogue, form=DialogueForm.COMPLEX, reason="Konflikt", by=leader, at=NOW
    )

    steps = steps_of(dialogue)
    assert [step.kind for step in steps] == list(StepKind)[:7]
    assert [step.state for step in steps[:3]] == ["done", "current", "coming"]
    assert dialogue.steps.get(kind=StepKind.DURING).state == StepState.LEFT
    assert dialogue.steps.get(kind=StepKind.BEFORE).state == StepState.DONE
    assert public_diary_of(dialogue).get().reason == "Konflikt"


def test_a_form_can_be_changed_to_and_fro(leader):
    dialogue = dialogue_in(StepKind.PREPARATION, state=DialogueState.DRAFT)
    for form in (DialogueForm.AREA, DialogueForm.SIMPLE, DialogueForm.COMPLEX):
        dialogue = change_form(dialogue=dialogue, form=form, reason="Prövar", by=leader, at=NOW)

    assert [step.state for step in steps_of(dialogue)] == ["current"] + ["coming"] * 6
    assert dialogue.steps.filter(state=StepState.CURRENT).count() == 1
    assert dialogue.mandate.feeds == "decision"


def test_changing_the_form_needs_a_reason_and_a_difference(leader):
    dialogue = dialogue_in(StepKind.DURING)

    with pytest.raises(ReasonMissingError):
        change_form(dialogue=dialogue, form=DialogueForm.AREA, reason="", by=leader, at=NOW)
    with pytest.raises(SameFormError):
        change_form(dialogue=dialogue, form=DialogueForm.SIMPLE, reason="Nej", by=leader, at=NOW)


def test_a_published_dialogue_keeps_a_mandate_that_holds(leader):
    dialogue = dialogue_in()
    save = {"dialogue": dialogue, "before": {"commissioner": dialogue.mandate.commissioner}}

    with pytest.raises(MandateBreaksError):
        save_mandate(after={"commissioner": ""}, by=leader, at=NOW, **save)
    mandate = save_mandate(after={"commissioner": "Kommunstyrelsen"}, by=leader, at=NOW, **save)

    assert (mandate.commissioner, mandate.version) == ("Kommunstyrelsen", 2)
    assert trail(mandate).get().fields == ["commissioner"]


def test_saving_the_mandate_unchanged_leaves_no_trace(leader):
    dialogue = dialogue_in()
    same = {"commissioner": dialogue.mandate.commissioner}

    mandate = save_mandate(dialogue=dialogue, before=same, after=same, by=leader, at=NOW)

    assert mandate.version == 1
    assert not trail(mandate).exists()


def test_a_place_on_the_map_is_kept(leader):
    dialogue = open_dialogue(
        organisation=OrganisationFactory(),
        new=new(
            place_kind="point",
            latitude=Decimal("59.33258"),
            longitude=Decimal("18.0649"),
            visibility=Visibility.INTERNAL,
        ),
        by=leader,
        at=NOW,
    )

    dialogue.refresh_from_db()
    assert (dialogue.latitude, dialogue.longitude) == (Decimal("59.33258"), Decimal("18.06490"))
    assert dialogue.mandate.feeds == "manager"
