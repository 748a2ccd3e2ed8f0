from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory

from brygga.core.limits.models import DailySalt, LimitCounter
from brygga.core.limits.operations import TooManyError, count_one, forget_before
from brygga.core.limits.requests import TooManyMiddleware, address_of, count_request

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def count(scope="vote:a", address="192.0.2.1", at=NOON, limit=2):
    count_one(scope=scope, address=address, limit=limit, at=at)


def test_the_limit_itself_is_let_through_and_one_more_is_not():
    count()
    count()
    with pytest.raises(TooManyError):
        count()


@pytest.mark.parametrize(
    "other",
    [{"scope": "vote:b"}, {"address": "192.0.2.2"}, {"at": NOON + timedelta(days=1)}],
    ids=["another dialogue", "another address", "another day"],
)
def test_another_scope_address_or_day_is_counted_by_itself(other):
    count(limit=1)
    count(limit=1, **other)
    assert sorted(LimitCounter.objects.values_list("count", flat=True)) == [1, 1]


def test_the_day_turns_at_midnight_in_sweden():
    count(limit=1, at=datetime(2026, 5, 4, 21, 59, tzinfo=UTC))
    count(limit=1, at=datetime(2026, 5, 4, 22, 0, tzinfo=UTC))
    assert DailySalt.objects.count() == 2


def test_neither_the_address_nor_a_hash_that_can_be_linked_is_kept():
    count(scope="vote:a")
    count(scope="vote:b")
    count(scope="vote:a", at=NOON + timedelta(days=1))
    keys = list(LimitCounter.objects.values_list("key", flat=True))
    assert len(set(keys)) == 3
    assert not any("192.0.2.1" in key for key in keys)


def test_yesterdays_counters_and_salt_are_deleted():
    count(at=NOON - timedelta(days=1))
    count()
    assert forget_before(day=NOON.date()) == 1
    assert [counter.day for counter in LimitCounter.objects.all()] == [NOON.date()]
    assert [salt.day for salt in DailySalt.objects.all()] == [NOON.date()]


def test_a_phone_that_changes_its_address_within_its_network_is_one_client(rf):
    first = rf.post("/", REMOTE_ADDR="2001:db8:1:2::aaaa")
    second = rf.post("/", REMOTE_ADDR="2001:db8:1:2:ffff::1")
    neighbour = rf.post("/", REMOTE_ADDR="2001:db8:1:3::aaaa")
    assert address_of(first) == address_of(second) != address_of(neighbour)


def test_a_forged_header_does_not_make_a_new_client(rf):
    honest = rf.post("/", REMOTE_ADDR="192.0.2.1")
    forged = rf.post("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert address_of(forged) == address_of(honest) == "192.0.2.1"


def test_clients_behind_a_trusted_proxy_are_told_apart(rf, settings):
    settings.BRYGGA_TRUSTED_PROXIES = ["10.0.0.0/8"]
    request = rf.post("/", REMOTE_ADDR="10.1.1.1", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert address_of(request) == "198.51.100.7"


def test_requests_without_a_peer_share_one_counter(rf):
    request = rf.post("/", REMOTE_ADDR="")
    count_request(request, scope="a", limit=1, at=NOON)
    with pytest.raises(TooManyError):
        count_request(request, scope="a", limit=1, at=NOON)


def test_too_many_is_a_page_that_says_what_to_do():
    request = RequestFactory().post("/")
    request.user = SimpleNamespace(is_authenticated=False)
    middleware = TooManyMiddleware(lambda _request: None)
    page = middleware.process_exception(request, TooManyError("vote"))
    assert page.status_code == 429
    assert "midnatt" in page.content.decode()
    assert middleware.process_exception(request, ValueError()) is None


@pytest.mark.django_db(transaction=True)
def test_acts_at_the_same_instant_are_each_counted():
    count(limit=100)  # the day's salt is there

    def ten_acts(_):
        for _ in range(10):
            count(limit=100)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(ten_acts, range(4)))
    assert LimitCounter.objects.get().count == 41
