"""What the database refuses of plan, actors and diary; and that no constraint goes untested."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError

from brygga.dialogues.enums import ActivityState
from brygga.dialogues.models import MandatePeriod, PlanMove, SetAsideGroup
from tests.dialogues import test_constraints
from tests.factories.accounts import BodyFactory, OrganisationFactory
from tests.factories.dialogues import (
    NOW,
    DialogueFactory,
    ParticipantFactory,
    ProcessLogEntryFactory,
)
from tests.factories.organisations import PlannedDialogueFactory, YearPlanFactory
from tests.factories.planning import (
    ActivityFactory,
    ActorFactory,
    ObstacleFactory,
    PlannedMessageFactory,
)

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 5, 4, 16, tzinfo=UTC)


def twice(make, **fields):
    make(**fields)
    make(**fields)


def in_one(make, **fields):
    twice(make, dialogue=DialogueFactory(), **fields)


def points_at_itself(row, field):
    type(row).objects.filter(pk=row.pk).update(**{field: row.pk})


def set_aside(**fields):
    SetAsideGroup.objects.create(code="children", at=NOW, **fields)


CASES = {
    "activity_attended_when_done": lambda: ActivityFactory(attended=3),
    "activity_cancelled_with_reason": lambda: ActivityFactory(state=ActivityState.CANCELLED),
    "activity_ends_after_it_starts": lambda: ActivityFactory(starts_at=MONDAY, ends_at=MONDAY),
    "activity_once_from_the_starter_plan": lambda: in_one(ActivityFactory, starter_code="meeting"),
    "message_once_from_the_starter_plan": lambda: in_one(
        PlannedMessageFactory, starter_code="letter"
    ),
    "plan_moved_by_some_days": lambda: PlanMove.objects.create(
        dialogue=DialogueFactory(), days=0, moved=[], at=NOW
    ),
    "actor_once_by_name": lambda: in_one(ActorFactory, name="Byalaget"),
    "actor_once_from_the_checklist": lambda: in_one(ActorFactory, forgotten_code="children"),
    "actor_suggested_by_another": lambda: points_at_itself(ActorFactory(), "suggested_by"),
    "actor_reached_on_a_day": lambda: ActorFactory(reached_how="På torget"),
    "obstacle_once_per_place": lambda: twice(ObstacleFactory, actor=ActorFactory(), position=1),
    "group_set_aside_once": lambda: in_one(set_aside, reason="Ett garage"),
    "group_set_aside_with_reason": lambda: set_aside(dialogue=DialogueFactory(), reason=""),
    "log_corrects_another": lambda: ProcessLogEntryFactory(pk=7, corrects_id=7),
    "mandate_period_once": lambda: twice(
        MandatePeriod.objects.create, body=BodyFactory(), last_day=date(2026, 12, 31), set_at=NOW
    ),
    "person_once_in_dialogue": lambda: in_one(ParticipantFactory, person_mark="mark"),
    "year_plan_once": lambda: twice(YearPlanFactory, organisation=OrganisationFactory()),
    "year_plan_has_a_year": lambda: YearPlanFactory(year=1999),
    "planned_issue_once": lambda: twice(
        PlannedDialogueFactory, plan=YearPlanFactory(), issue="Parken"
    ),
    "planned_in_quarters_of_the_year": lambda: PlannedDialogueFactory(
        first_quarter=3, last_quarter=2
    ),
    "dialogue_planning_tells_of_formal_opinions": lambda: DialogueFactory(is_planning=True),
}


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name):
        CASES[name]()


def test_no_constraint_of_the_spine_goes_untested():
    names = {
        constraint.name
        for model in apps.get_app_config("dialogues").get_models()
        for constraint in model._meta.constraints
    }
    tests = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    expected = set(re.findall(r'match="(\w+)"', tests))

    assert names - set(CASES) - set(test_constraints.CASES) - expected == set()
