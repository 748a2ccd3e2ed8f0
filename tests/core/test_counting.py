"""Many kinds of rows, counted together."""

import pytest

from brygga.accounts.models import Organisation, User
from brygga.core.counting import count_each
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_each_kind_is_counted_in_one_question(django_assert_num_queries):
    UserFactory.create_batch(3)
    OrganisationFactory(name="Alm")
    rows = {
        "people": User.objects.order_by("email"),
        "nobody": User.objects.filter(email="nobody@example.test"),
        "Alm": Organisation.objects.filter(name="Alm"),
    }
    with django_assert_num_queries(1):
        assert count_each(rows) == {"people": 3, "nobody": 0, "Alm": 1}


def test_no_kinds_are_no_question(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_each({}) == {}


def test_one_kind_alone_is_counted_too():
    UserFactory()
    assert count_each({"people": User.objects.all()}) == {"people": 1}
