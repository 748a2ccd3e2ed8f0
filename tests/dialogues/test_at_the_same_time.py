"""Two people, or two clicks, at the very same time: real threads, real locks."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from brygga.dialogues.enums import Channel, DialogueForm, StepKind, StepState, TeamRole
from brygga.dialogues.models import Contribution, Dialogue, Mandate
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.dialogues import NewDialogue, open_dialogue
from brygga.dialogues.operations.mandate import save_mandate
from brygga.dialogues.operations.steps import StepHasMovedError, move_on
from brygga.dialogues.operations.team import LastLeaderError, end_member
from brygga.dialogues.operations.voices import Voice, record_contributions
from brygga.dialogues.queries import get_current_step
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls):
    """Run calls at once, each on its own connection, and give results or exceptions in order."""
    gate = threading.Barrier(len(calls))

    def run(call):
        gate.wait()
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - handed to the test
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_a_new_dialogue_sent_by_four_clicks_is_opened_once():
    organisation, leader = OrganisationFactory(), UserFactory()
    new = NewDialogue(
        title="Byskolan", summary="Kvar?", form=DialogueForm.COMPLEX, client_key="click"
    )

    opened = together(
        *[lambda: open_dialogue(organisation=organisation, new=new, by=leader, at=NOW)] * 4
    )

    dialogue = Dialogue.objects.get()
    assert opened == [dialogue] * 4
    assert (dialogue.steps.count(), dialogue.team.count()) == (7, 1)


def test_two_people_saving_different_parts_of_the_mandate_both_succeed():
    dialogue, leader = dialogue_in(), UserFactory()
    shown = {"commissioner": dialogue.mandate.commissioner, "resources": dialogue.mandate.resources}

    def save(**changes):
        return lambda: save_mandate(
            dialogue=dialogue, before=shown, after=shown | changes, by=leader, at=NOW
        )

    together(save(commissioner="Åsa"), save(resources="Bo"))

    mandate = Mandate.objects.get()
    assert (mandate.commissioner, mandate.resources, mandate.version) == ("Åsa", "Bo", 3)


def test_two_people_saving_the_same_part_of_the_mandate_one_is_told():
    dialogue, leader = dialogue_in(), UserFactory()
    shown = {"commissioner": dialogue.mandate.commissioner}

    def save(text):
        return lambda: save_mandate(
            dialogue=dialogue, before=shown, after={"commissioner": text}, by=leader, at=NOW
        )

    outcomes = together(save("Åsa"), save("Bo"))

    (conflict,) = (outcome for outcome in outcomes if isinstance(outcome, EditConflictError))
    assert conflict.clashes[0].theirs == Mandate.objects.get().commissioner in ("Åsa", "Bo")


def test_a_step_moved_by_two_at_once_moves_once():
    dialogue, leader = dialogue_in(StepKind.PERSPECTIVES), UserFactory()
    here = get_current_step(dialogue)

    outcomes = together(
        *[lambda: move_on(dialogue=dialogue, from_step=here, by=leader, at=NOW)] * 2
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Step", "StepHasMovedError"]
    assert any(isinstance(outcome, StepHasMovedError) for outcome in outcomes)
    assert dialogue.steps.get(state=StepState.CURRENT).kind == StepKind.DIALOGUE


def test_voices_sent_by_two_at_once_are_kept_once():
    dialogue, host = dialogue_in(), UserFactory()
    voices = [Voice(f"Röst {number}", client_key=f"k-{number}") for number in range(20)]

    def send(order):
        return lambda: record_contributions(
            dialogue=dialogue, voices=order, channel=Channel.MEETING, by=host, at=NOW
        )

    one, other = together(send(voices), send(voices))

    assert one == other
    assert Contribution.objects.count() == 20


def test_two_leaders_leaving_at_once_do_not_leave_the_dialogue_alone():
    dialogue = dialogue_in()
    members = [
        TeamMemberFactory(dialogue=dialogue, role=role)
        for role in (TeamRole.OWNER, TeamRole.PROCESS_LEADER)
    ]

    def leave(member):
        return lambda: end_member(member=member, last_day=NOW.date(), by=member.user, at=NOW)

    outcomes = together(*(leave(member) for member in members))

    assert sum(isinstance(outcome, LastLeaderError) for outcome in outcomes) == 1
