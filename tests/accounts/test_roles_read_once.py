"""Roles are read once while a page is made, and anew wherever something is written."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brygga.accounts.adapter.assurance import AssuranceMiddleware
from brygga.accounts.enums import Permission, Role
from brygga.accounts.models import RoleAssignment
from brygga.accounts.rules import may
from tests.factories.accounts import OrganisationFactory, person_with

pytestmark = pytest.mark.django_db


class Page:
    """Asks twice whether the reader may; takes the role away between the two."""

    def __init__(self, organisation):
        self.organisation = organisation
        self.answers = []
        self.questions = 0

    def __call__(self, request):
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                day = timezone.localdate()
                self.answers.append(may(request.user, Permission.INVITE, self.organisation, day))
            self.questions += len(asked)
            RoleAssignment.objects.filter(membership__user=request.user).delete()


@pytest.mark.parametrize(
    ("method", "answers", "questions"), [("GET", [True, True], 1), ("POST", [True, False], 2)]
)
def test_a_page_reads_roles_once_and_a_write_each_time(client, method, answers, questions):
    organisation = OrganisationFactory()
    owner = person_with(Role.OWNER, organisation)
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    request = getattr(RequestFactory(), method.lower())("/")
    request.user, request.session = owner, client.session
    page = Page(organisation)
    AssuranceMiddleware(page)(request)
    assert (page.answers, page.questions) == (answers, questions)
    assert not may(owner, Permission.INVITE, organisation, timezone.localdate()), "asked anew"
