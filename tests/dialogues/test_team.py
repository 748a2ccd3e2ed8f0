from datetime import date

import pytest

from brygga.core.audit.queries import trail
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.operations.team import (
    AlreadyInTeamError,
    LastLeaderError,
    add_member,
    end_member,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, TeamMemberFactory, dialogue_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)


def test_a_person_holds_a_role_once_at_a_time_but_may_come_back():
    dialogue, leader = dialogue_in(), UserFactory()
    join = {"dialogue": dialogue, "user": UserFactory(), "role": TeamRole.HOST, "by": leader}
    member = add_member(starts_on=TODAY, last_day=date(2026, 4, 30), at=NOW, **join)
    with pytest.raises(AlreadyInTeamError):
        add_member(starts_on=date(2026, 4, 30), at=NOW, **join)

    again = add_member(starts_on=date(2026, 5, 1), at=NOW, **join)

    assert again != member
    assert trail(member).get().by == leader


def test_one_person_may_hold_two_roles():
    dialogue, person = dialogue_in(), UserFactory()
    for role in (TeamRole.HOST, TeamRole.OFFICIAL):
        add_member(dialogue=dialogue, user=person, role=role, starts_on=TODAY, by=person, at=NOW)

    assert dialogue.team.filter(user=person).count() == 2


def test_somebody_always_leads():
    dialogue = dialogue_in()
    only_leader = TeamMemberFactory(dialogue=dialogue)
    with pytest.raises(LastLeaderError):
        end_member(member=only_leader, last_day=TODAY, by=only_leader.user, at=NOW)

    TeamMemberFactory(dialogue=dialogue, role=TeamRole.OWNER)
    ended = end_member(member=only_leader, last_day=TODAY, by=only_leader.user, at=NOW)

    assert ended.last_day == TODAY


def test_a_host_may_leave_and_never_before_having_come():
    dialogue = dialogue_in()
    host = TeamMemberFactory(dialogue=dialogue, role=TeamRole.HOST, starts_on=date(2026, 5, 1))

    ended = end_member(member=host, last_day=TODAY, by=host.user, at=NOW)

    assert ended.last_day == date(2026, 5, 1)
