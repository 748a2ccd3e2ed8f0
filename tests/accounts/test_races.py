"""Two people press at the same instant, on connections of their own."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from brygga.accounts.enums import Role
from brygga.accounts.models import Membership, RoleAssignment
from brygga.accounts.operations.errors import InvitationClosedError, LastOwnerError
from brygga.accounts.operations.invitations import Offer, accept_invitation, invite
from brygga.accounts.operations.people import end_membership
from brygga.core.mail.models import Message
from tests.core.mail.ledger import forget_jobs
from tests.factories.accounts import OrganisationFactory, person_with

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def committed(transactional_db):
    """What a thread does here is seen by the others, and is gone afterwards."""
    yield
    forget_jobs()


def at_once(*presses):
    """Let each press run in a thread; give what it returned or raised."""
    start = Barrier(len(presses))

    def run(press):
        try:
            start.wait()
            return press()
        except Exception as error:  # noqa: BLE001 – the test looks at whatever it was
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as threads:
        return list(threads.map(run, presses))


def test_an_invitation_accepted_twice_at_once_gives_one_membership(committed):
    organisation = OrganisationFactory()
    offer = Offer("amina@example.test", Role.HOST)
    invite(organisation=organisation, offer=offer, by=None, at=NOW)
    secret = re.search(r"/inbjudan/([^/\s]+)/", Message.objects.get().body_text)[1]

    def accept():
        return accept_invitation(secret=secret, name="Amina", language="sv", signed_in=None, at=NOW)

    answers = at_once(accept, accept, accept)

    assert [type(answer) for answer in answers].count(InvitationClosedError) == 2
    assert Membership.objects.count() == 1
    assert RoleAssignment.objects.count() == 1


def test_two_owners_who_leave_at_once_do_not_both_get_away(committed):
    organisation = OrganisationFactory()
    owners = [person_with(Role.OWNER, organisation) for _ in range(2)]

    def leaving(owner):
        membership = owner.memberships.get()
        at = NOW + timedelta(hours=1)
        return lambda: end_membership(membership=membership, by=owner, at=at)

    answers = at_once(*map(leaving, owners))

    assert [type(answer) for answer in answers].count(LastOwnerError) == 1
    assert Membership.objects.filter(left_at=None).count() == 1
