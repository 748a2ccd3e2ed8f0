"""Every constraint of the spine, broken on purpose past the operations."""

from datetime import date

import pytest
from django.db import IntegrityError

from brygga.dialogues.enums import (
    CaseCause,
    ContributionState,
    DialogueState,
    FollowerState,
    InsightState,
    ModerationStep,
    StepState,
)
from brygga.dialogues.models import (
    ContributionMerge,
    DialogueLink,
    Follower,
    ModerationCase,
    ModerationEvent,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import (
    NOW,
    ChecklistItemFactory,
    ContributionFactory,
    DialogueFactory,
    DocumentFactory,
    InsightFactory,
    StepFactory,
    TeamMemberFactory,
)

pytestmark = pytest.mark.django_db


def follower(**fields):
    return Follower.objects.create(
        **{
            "dialogue": DialogueFactory(),
            "email": "a@example.test",
            "secret_hash": "0" * 64,
            "asked_at": NOW,
        }
        | fields
    )


def link_to_itself():
    dialogue = DialogueFactory()
    DialogueLink.objects.create(dialogue=dialogue, earlier=dialogue)


def case(**fields):
    voice = fields.pop("contribution", None) or ContributionFactory()
    return ModerationCase.objects.create(
        **{
            "dialogue": voice.dialogue,
            "contribution": voice,
            "cause": CaseCause.REPORTED,
            "opened_at": NOW,
        }
        | fields
    )


def decided_twice_by_the_same():
    somebody = UserFactory()
    case(first_decided_by=somebody, closed_by=somebody, closed_at=NOW)


def decision(**fields):
    return ModerationEvent.objects.create(
        **{
            "contribution": ContributionFactory(),
            "kind": ModerationStep.DECIDED,
            "at": NOW,
            "by": UserFactory(),
        }
        | fields
    )


def merged(**fields):
    return ContributionMerge.objects.create(
        **{
            "kept": ContributionFactory(),
            "state_before": ContributionState.PUBLISHED,
            "merged_at": NOW,
            "merged_by": UserFactory(),
        }
        | fields
    )


def merged_with_itself(voice):
    merged(merged=voice, kept=voice)


def twice(make, **fields):
    make(**fields)
    make(**fields)


def link_twice():
    dialogue, earlier = DialogueFactory(), DialogueFactory()
    twice(DialogueLink.objects.create, dialogue=dialogue, earlier=earlier)


def follow_twice():
    dialogue = DialogueFactory()
    follower(dialogue=dialogue)
    follower(dialogue=dialogue, secret_hash="1" * 64)


def two_current_steps():
    dialogue = DialogueFactory()
    StepFactory(dialogue=dialogue, state=StepState.CURRENT)
    StepFactory(dialogue=dialogue, state=StepState.CURRENT, position=2)


def role_twice():
    member = TeamMemberFactory()
    TeamMemberFactory(dialogue=member.dialogue, user=member.user)


CASES = {
    "document_has_title": lambda: DocumentFactory(title=""),
    "dialogue_cancelled_with_reason": lambda: DialogueFactory(
        state=DialogueState.CANCELLED, cancel_reason="Domstol"
    ),
    "dialogue_information_with_reason": lambda: DialogueFactory(
        state=DialogueState.INFORMATION, published_at=NOW
    ),
    "dialogue_published_at_a_time": lambda: DialogueFactory(state=DialogueState.PUBLISHED),
    "dialogue_point_has_coordinates": lambda: DialogueFactory(place_kind="point", latitude=59),
    "client_key": lambda: twice(DialogueFactory, client_key="once"),
    "dialogue_link_once": link_twice,
    "dialogue_link_to_another": link_to_itself,
    "step_once_per_round": lambda: twice(StepFactory, dialogue=DialogueFactory()),
    "step_one_current": two_current_steps,
    "step_ends_after_it_starts": lambda: StepFactory(
        starts_on=date(2026, 4, 2), last_day=date(2026, 4, 1)
    ),
    "checklist_item_once": lambda: twice(
        ChecklistItemFactory, step=StepFactory(), code="case-opened"
    ),
    "team_role_once": role_twice,
    "team_role_ends_after_it_starts": lambda: TeamMemberFactory(last_day=date(2025, 12, 31)),
    "follower_once": follow_twice,
    "follower_confirmed_at_a_time": lambda: follower(state=FollowerState.CONFIRMED),
    "contribution_sent_once": lambda: twice(
        ContributionFactory, dialogue=DialogueFactory(), client_key="k"
    ),
    "case_open_once_per_voice": lambda: twice(case, contribution=ContributionFactory()),
    "case_new_assessment_of_a_decision": lambda: case(cause=CaseCause.NEW_ASSESSMENT),
    "case_assessed_by_a_second_person": decided_twice_by_the_same,
    "moderation_hides_on_a_ground": lambda: decision(to_state=ContributionState.HIDDEN),
    "moderation_decided_by_somebody": lambda: decision(by=None),
    "merge_once": lambda: twice(merged, merged=ContributionFactory()),
    "merge_of_two": lambda: merged_with_itself(ContributionFactory()),
    "contribution_hidden_with_reason": lambda: ContributionFactory(state=ContributionState.HIDDEN),
    "contribution_erased_is_empty": lambda: ContributionFactory(state=ContributionState.ERASED),
    "insight_published_at_a_time": lambda: InsightFactory(state=InsightState.PUBLISHED),
    "insight_withdrawn_with_reason": lambda: InsightFactory(state=InsightState.WITHDRAWN),
}


@pytest.mark.parametrize("name", CASES)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name):
        CASES[name]()
