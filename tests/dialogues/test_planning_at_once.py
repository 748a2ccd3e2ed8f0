"""Two people at the same map and the same plan: real threads, real locks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.models import Activity, Actor, PlanMove, PlannedMessage
from brygga.dialogues.operations.actors import CircularSuggestionError, add_actor, edit_actor
from brygga.dialogues.operations.plan_moves import PlanHasChangedError, move_plan, undo_move
from brygga.dialogues.operations.starter_plan import begin_plan
from brygga.dialogues.queries.plan_moves import preview_move
from tests.dialogues.test_at_the_same_time import together
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, dialogue_in
from tests.factories.planning import ActivityFactory, ActorFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_actor_added_by_four_at_once_is_on_the_map_once():
    dialogue, leader = dialogue_in(), UserFactory()
    facts = {"name": "Byalaget", "kind": ActorKind.GROUP, "affected": Affected.PARTLY}

    outcomes = together(*[lambda: add_actor(dialogue=dialogue, facts=facts, by=leader, at=NOW)] * 4)

    assert Actor.objects.count() == 1
    assert sum(type(outcome).__name__ == "SameActorError" for outcome in outcomes) == 3


def test_two_who_suggest_each_other_at_once_make_no_circle():
    dialogue, leader = dialogue_in(), UserFactory()
    one, other = ActorFactory.create_batch(2, dialogue=dialogue)

    def suggest(actor, by):
        return lambda: edit_actor(
            actor=actor,
            before={"suggested_by": None},
            after={"suggested_by": by},
            by=leader,
            at=NOW,
        )

    outcomes = together(suggest(one, other), suggest(other, one))

    assert sum(isinstance(outcome, CircularSuggestionError) for outcome in outcomes) == 1
    assert Actor.objects.filter(suggested_by=None).count() == 1


def test_a_plan_moved_and_undone_by_two_at_once_is_so_once():
    dialogue, leader = dialogue_in(), UserFactory()
    first = datetime(2026, 5, 4, 16, tzinfo=UTC)
    ActivityFactory(dialogue=dialogue, starts_at=first, ends_at=first + timedelta(hours=2))
    later = date(2026, 5, 11)
    shown = preview_move(dialogue, later).digest

    def move():
        return move_plan(dialogue=dialogue, first_day=later, shown=shown, by=leader, at=NOW)

    outcomes = together(move, move)

    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], PlanHasChangedError) or "Nothing" in type(refused[0]).__name__
    assert Activity.objects.get().starts_at == first + timedelta(days=7)

    done = PlanMove.objects.get()
    together(*[lambda: undo_move(move=done, by=leader, at=NOW)] * 2)
    assert Activity.objects.get().starts_at == first


def test_a_starter_plan_begun_by_two_at_once_is_there_once():
    dialogue, leader = dialogue_in(), UserFactory()

    counts = together(*[lambda: begin_plan(dialogue=dialogue, by=leader, at=NOW)] * 2)

    assert sorted(count > 0 for count in counts) == [False, True]
    assert Activity.objects.count() + PlannedMessage.objects.count() == max(counts)
