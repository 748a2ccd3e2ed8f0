"""Two example owners, a lunch meeting and a lesson, stand in for those who will gather people."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.core.attendance.enums import AgeBand
from brygga.core.attendance.models import CheckIn, Gathering, HandCount
from brygga.core.attendance.operations import (
    NotOpenError,
    UnknownCodeError,
    WrongNumberError,
    check_in_device,
    check_in_personal,
    close_gathering,
    count_heads,
    count_one_more,
    empty_old_lists,
    expect,
    host_secret,
    open_gathering,
    open_now,
)
from brygga.core.attendance.queries import ages_of, gathering_of, hash_of, numbers_of
from tests.factories.accounts import UserFactory

START = datetime(2026, 5, 4, 10, tzinfo=UTC)
DURING = START + timedelta(minutes=5)
END = START + timedelta(hours=2)
LUNCH, LESSON = ("lunch", "abc"), ("lesson", "abc")


def gather(owner=LUNCH, opens_at=START, closes_at=END, title="Lunchdialog", *, asks_age=False):
    kind, number = owner
    return open_gathering(
        owner_kind=kind,
        owner_id=number,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        asks_age=asks_age,
        by=None,
        at=START,
    )


def gather_now(**more):
    hour = timedelta(hours=1)
    return gather(opens_at=timezone.now() - hour, closes_at=timezone.now() + hour, **more)


def address_of(owner=LUNCH):
    return reverse("attendance:check_in", args=[host_secret(*owner)])


def tap(client):
    page = client.get(address_of()).content.decode()
    device = page.partition('name="device" value="')[2].partition('"')[0]
    return client.post(address_of(), {"device": device}, follow=True).content.decode()


@pytest.mark.django_db
class TestTheList:
    def test_an_owner_has_one_gathering_that_can_be_moved(self):
        first = gather()
        moved = gather(closes_at=END + timedelta(hours=1), title="Längre lunch")
        assert moved.pk == first.pk
        assert gathering_of(*LUNCH).title == "Längre lunch"
        assert gather(LESSON).pk != first.pk
        assert host_secret(*LUNCH) != host_secret(*LESSON)

    def test_only_hashes_are_kept(self):
        gathering = gather()
        personal = expect(gathering=gathering)
        check_in_device(gathering=gathering, device="phone", at=DURING)
        kept = str([*CheckIn.objects.values(), *Gathering.objects.values()])
        assert personal not in kept
        assert "phone" not in kept
        assert host_secret(*LUNCH) not in kept
        assert gathering.secret_hash == hash_of(host_secret(*LUNCH))

    def test_the_same_phone_at_two_gatherings_cannot_be_seen_to_be_the_same(self):
        for owner in (LUNCH, LESSON):
            check_in_device(gathering=gather(owner), device="phone", at=DURING)
        assert len(set(CheckIn.objects.values_list("key_hash", flat=True))) == 2

    def test_phones_personal_codes_and_heads_are_counted_together(self):
        gathering = gather()
        codes = [expect(gathering=gathering) for _ in range(3)]
        for _twice in range(2):
            check_in_device(gathering=gathering, device="phone", at=DURING)
            check_in_personal(gathering=gathering, secret=codes[0], at=DURING)
        gathering = count_heads(gathering=gathering, heads=7, by=UserFactory(), at=END)
        numbers = numbers_of(gathering)
        assert (numbers.came, numbers.by_phone) == (9, 2)
        assert (numbers.expected, numbers.missing) == (3, 2)

    @pytest.mark.parametrize(("heads", "told"), [(0, 0), (1, None), (4, None), (5, 5), (40, 40)])
    def test_everybody_is_told_the_number_but_no_few(self, heads, told):
        gathering = count_heads(gathering=gather(), heads=heads, by=UserFactory(), at=DURING)
        assert numbers_of(gathering).told == told

    @pytest.mark.parametrize("at", [START - timedelta(seconds=1), END, END + timedelta(days=1)])
    def test_nobody_is_let_in_before_or_after(self, at):
        gathering = gather()
        personal = expect(gathering=gathering)
        with pytest.raises(NotOpenError):
            check_in_device(gathering=gathering, device="phone", at=at)
        with pytest.raises(NotOpenError):
            check_in_personal(gathering=gathering, secret=personal, at=at)
        assert numbers_of(gathering).came == 0

    def test_a_personal_code_holds_at_its_own_gathering_only(self):
        personal = expect(gathering=gather(LESSON))
        with pytest.raises(UnknownCodeError):
            check_in_personal(gathering=gather(), secret=personal, at=DURING)

    @pytest.mark.parametrize("heads", [-1, 100_001])
    def test_an_impossible_number_of_heads_is_refused(self, heads):
        with pytest.raises(WrongNumberError):
            count_heads(gathering=gather(), heads=heads, by=UserFactory(), at=DURING)

    def test_a_month_later_only_the_number_is_left(self):
        gathering, host = gather(), UserFactory()
        expect(gathering=gathering)
        check_in_device(gathering=gathering, device="phone", at=DURING)
        count_one_more(gathering=gathering, change=1, key="press", by=host, at=DURING)
        assert empty_old_lists(at=END + timedelta(days=29)) == 0
        assert empty_old_lists(at=END + timedelta(days=31)) == 1
        gathering.refresh_from_db()
        assert numbers_of(gathering).came == 2
        assert not CheckIn.objects.exists()
        assert not HandCount.objects.exists()

    def test_a_host_closes_and_opens_again_before_and_after_the_time(self):
        gathering, host = gather(), UserFactory()
        early, late = START - timedelta(hours=1), END + timedelta(hours=1)
        gathering = open_now(gathering=gathering, by=host, at=early)
        check_in_device(gathering=gathering, device="early", at=early)
        for _twice in range(2):
            gathering = close_gathering(gathering=gathering, by=host, at=DURING)
        assert gathering.closed_at == DURING
        with pytest.raises(NotOpenError):
            check_in_device(gathering=gathering, device="shut out", at=DURING)
        open_now(gathering=gathering, by=host, at=late)
        check_in_device(gathering=gathering, device="late", at=late)
        assert numbers_of(gathering).came == 2

    def test_a_press_that_is_sent_twice_counts_once(self):
        gathering, host = gather(), UserFactory()

        def press(key, change):
            count_one_more(gathering=gathering, change=change, key=key, by=host, at=DURING)

        for key, change in (("a", 1), ("a", 1), ("b", 5), ("c", -1), ("c", -1)):
            press(key, change)
        gathering.refresh_from_db()
        assert numbers_of(gathering).by_hand == 5
        with pytest.raises(WrongNumberError):
            press("d", -6)
        gathering.refresh_from_db()
        assert numbers_of(gathering).by_hand == 5

    def test_ages_are_asked_only_where_the_gathering_asks_and_tied_to_nobody(self):
        silent, asking = gather(LESSON), gather(asks_age=True)
        for gathering in (silent, asking):
            for phone in ("one", "one", "two"):
                check_in_device(gathering=gathering, device=phone, age=AgeBand.YOUTH, at=DURING)
            gathering.refresh_from_db()
        assert (silent.ages, asking.ages) == ({}, {"youth": 2})
        assert "youth" not in str(list(CheckIn.objects.values()))

    def test_few_of_an_age_are_not_told_nor_can_be_worked_out(self):
        gathering = gather(asks_age=True)
        for number in range(4):
            check_in_device(gathering=gathering, device=f"{number}", age=AgeBand.OLDER, at=DURING)
        gathering.refresh_from_db()
        assert ages_of(gathering) == []
        for number in range(16):
            age = AgeBand.CHILD if number < 6 else AgeBand.ADULT
            check_in_device(gathering=gathering, device=f"more {number}", age=age, at=DURING)
        gathering.refresh_from_db()
        assert [told for _, told in ages_of(gathering)] == [None, 0, 0, 10, None]

    def test_the_database_refuses_what_makes_no_sense(self):
        gathering = gather()
        with pytest.raises(IntegrityError, match="gathering_closes"), transaction.atomic():
            Gathering.objects.create(
                owner_kind="x", owner_id="y", secret_hash="z", opens_at=END, closes_at=START
            )
        with pytest.raises(IntegrityError, match="check_in_came_or_expected"), transaction.atomic():
            CheckIn.objects.create(gathering=gathering, key_hash="x")
        HandCount.objects.create(gathering=gathering, key_hash="x", change=1)
        with pytest.raises(IntegrityError, match="hand_count_once"), transaction.atomic():
            HandCount.objects.create(gathering=gathering, key_hash="x", change=1)
        with pytest.raises(IntegrityError, match="hand_count_of_somebody"), transaction.atomic():
            HandCount.objects.create(gathering=gathering, key_hash="x", change=0)
        with pytest.raises(IntegrityError, match="gathering_once"), transaction.atomic():
            Gathering.objects.create(
                owner_kind="lunch", owner_id="abc", secret_hash="z", opens_at=START, closes_at=END
            )


@pytest.mark.django_db
class TestThePage:
    def test_a_phone_that_scans_the_code_is_counted_once_after_a_press(self):
        gathering = gather_now()
        phone = Client()
        assert "Jag är här" in phone.get(address_of()).content.decode()
        assert numbers_of(gathering).came == 0
        assert "Du är räknad" in tap(phone)
        assert "Du är räknad" in tap(phone)
        tap(Client())
        assert numbers_of(gathering).came == 2

    def test_a_double_tap_before_the_cookie_has_come_counts_once(self):
        gathering = gather_now()
        for _tap in range(2):
            Client().post(address_of(), {"device": "word-of-the-page"})
        assert numbers_of(gathering).came == 1

    def test_a_code_that_leads_nowhere_says_so(self, client):
        assert client.get(address_of()).status_code == 404
        assert client.post(address_of()).status_code == 404

    @pytest.mark.parametrize("closed_by_hand", [True, False])
    def test_an_old_code_says_that_it_has_closed_and_counts_nobody(self, client, closed_by_hand):
        gathering = gather_now() if closed_by_hand else gather()
        if closed_by_hand:
            close_gathering(gathering=gathering, by=None, at=timezone.now())
        client.post(address_of(), {"device": "x"})
        page = client.get(address_of()).content.decode()
        assert "Koden har stängt" in page
        assert '<form method="post"' not in page.partition("<main")[2].partition("</main")[0]
        assert numbers_of(gathering).came == 0

    def test_the_age_is_asked_in_the_same_form_and_may_be_left_out(self, client):
        gathering = gather_now(asks_age=True)
        assert "65 år eller äldre" in client.get(address_of()).content.decode()
        for number, age in enumerate(("older", "", "nonsense")):
            Client().post(address_of(), {"device": f"phone {number}", "age": age})
        gathering.refresh_from_db()
        assert numbers_of(gathering).came == 3
        assert gathering.ages == {"older": 1}

    def test_it_works_only_with_the_forms_token(self):
        gather_now()
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(address_of(), {"device": "x"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_fifty_at_the_same_instant_are_each_counted_once():
    """Forty phones, five of them twice, one personal code twice, and a host who presses thrice."""
    gathering, host = gather(asks_age=True), UserFactory()
    personal = expect(gathering=gathering)
    phones = [f"phone {number}" for number in [*range(40), *range(5)]]
    gate = threading.Barrier(len(phones) + 5)

    def together(act):
        gate.wait()
        try:
            act()
        finally:
            connection.close()

    def scan(device):
        check_in_device(gathering=gathering, device=device, age=AgeBand.ADULT, at=DURING)

    def press(key):
        count_one_more(gathering=gathering, change=1, key=key, by=host, at=DURING)

    def show():
        check_in_personal(gathering=gathering, secret=personal, at=DURING)

    acts = [partial(scan, device) for device in phones]
    acts += [partial(press, key) for key in ("a", "a", "b")] + [show, show]
    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(together, acts))
    gathering.refresh_from_db()
    numbers = numbers_of(gathering)
    assert (numbers.by_phone, numbers.by_hand, numbers.missing) == (41, 2, 0)
    assert gathering.ages == {"adult": 40}
