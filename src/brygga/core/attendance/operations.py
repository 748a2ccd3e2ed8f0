"""Checking in: by the host's code, by a personal code that staff scan, or counted by hand."""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.crypto import salted_hmac

from brygga.core.attendance.enums import AgeBand
from brygga.core.attendance.models import CheckIn, Gathering, HandCount
from brygga.core.attendance.queries import hash_of, is_open, key_of
from brygga.core.audit.operations import record

KEPT_FOR = timedelta(days=30)
MOST_HEADS = 100_000
OPEN_FOR = timedelta(hours=2)  # where a host opens again after the end


class NotOpenError(Exception):
    """The gathering has not begun to take people in, or has ended."""


class UnknownCodeError(Exception):
    """The personal code belongs to nobody who is expected here."""


class WrongNumberError(ValueError):
    """So many heads cannot be counted."""


def host_secret(owner_kind: str, owner_id: str) -> str:
    """Give the secret of the host's code: it can be shown again, and only its hash is kept."""
    digest = salted_hmac("brygga.attendance", f"{owner_kind}\n{owner_id}", algorithm="sha256")
    return urlsafe_b64encode(digest.digest()[:18]).decode()


@transaction.atomic
def open_gathering(
    *,
    owner_kind: str,
    owner_id: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    asks_age: bool = False,
    by: AbstractBaseUser | None,
    at: datetime,
) -> Gathering:
    """Make the owner's gathering, or give the one it has another title and other times."""
    facts = {"title": title, "opens_at": opens_at, "closes_at": closes_at, "asks_age": asks_age}
    gathering, is_new = Gathering.objects.update_or_create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        defaults=facts,
        create_defaults=facts | {"secret_hash": hash_of(host_secret(owner_kind, owner_id))},
    )
    action = "gathering.open" if is_new else "gathering.change"
    record(action=action, subject=gathering, by=by, at=at, fields=facts)
    return gathering


@transaction.atomic
def open_now(*, gathering: Gathering, by: AbstractBaseUser, at: datetime) -> Gathering:
    """Take people in from now on: before the time, after the end, or once more."""
    locked = _lock(gathering)
    locked.opens_at = min(locked.opens_at, at)
    locked.closes_at = locked.closes_at if locked.closes_at > at else at + OPEN_FOR
    locked.closed_at = None
    locked.save(update_fields=["opens_at", "closes_at", "closed_at"])
    record(action="gathering.open_now", subject=locked, by=by, at=at, fields=["closed_at"])
    return locked


@transaction.atomic
def close_gathering(
    *, gathering: Gathering, by: AbstractBaseUser | None, at: datetime
) -> Gathering:
    """Take nobody more in by phone; whoever scans the code is told so."""
    locked = _lock(gathering)
    if locked.closed_at is None:
        locked.closed_at = at
        locked.save(update_fields=["closed_at"])
        record(action="gathering.close", subject=locked, by=by, at=at, fields=["closed_at"])
    return locked


def expect(*, gathering: Gathering) -> str:
    """Expect one more person, and give the secret of a personal code for the only time."""
    secret = secrets.token_urlsafe(18)
    CheckIn.objects.create(
        gathering=gathering, key_hash=key_of(gathering, secret), is_expected=True
    )
    return secret


@transaction.atomic
def check_in_device(
    *, gathering: Gathering, device: str, age: AgeBand | None = None, at: datetime
) -> CheckIn:
    """Let a phone that scanned the host's code be here; the same phone again changes nothing.

    An age is added to the numbers of the gathering and is not kept with the phone.
    """
    locked = _lock(gathering)
    if not is_open(locked, at=at):
        raise NotOpenError
    check_in, is_new = CheckIn.objects.get_or_create(
        gathering=locked, key_hash=key_of(locked, device), defaults={"came_at": at}
    )
    if is_new and age and locked.asks_age:
        locked.ages[age.value] = locked.ages.get(age.value, 0) + 1
        locked.save(update_fields=["ages"])
    return check_in


@transaction.atomic
def check_in_personal(*, gathering: Gathering, secret: str, at: datetime) -> CheckIn:
    """Let the holder of a personal code be here, however often and by how many it is scanned."""
    locked = _lock(gathering)
    if not is_open(locked, at=at):
        raise NotOpenError
    found = CheckIn.objects.filter(
        gathering=locked, key_hash=key_of(locked, secret), is_expected=True
    )
    found.filter(came_at=None).update(came_at=at)
    check_in = found.first()
    if check_in is None:
        raise UnknownCodeError
    return check_in


@transaction.atomic
def count_one_more(
    *, gathering: Gathering, change: int, key: str, by: AbstractBaseUser, at: datetime
) -> Gathering:
    """Add heads to those counted by hand, or take away; the same press sent twice counts once."""
    locked = _lock(gathering)
    counted = locked.counted + change
    pressed = HandCount.objects.filter(gathering=locked, key_hash=key_of(locked, key))
    if pressed.exists():
        return locked
    if not 0 <= counted <= MOST_HEADS:
        raise WrongNumberError(counted)
    HandCount.objects.create(gathering=locked, key_hash=key_of(locked, key), change=change)
    return count_heads(gathering=locked, heads=counted, by=by, at=at)


@transaction.atomic
def count_heads(
    *, gathering: Gathering, heads: int, by: AbstractBaseUser, at: datetime
) -> Gathering:
    """Set how many came without a phone. May be mended after the end: paper comes in late."""
    if not 0 <= heads <= MOST_HEADS:
        raise WrongNumberError(heads)
    locked = _lock(gathering)
    locked.counted = heads
    locked.save(update_fields=["counted"])
    record(action="gathering.count", subject=locked, by=by, at=at, fields=["counted"])
    return locked


@transaction.atomic
def empty_old_lists(*, at: datetime) -> int:
    """Keep only the number of those who came, a month after the gathering."""
    old = (
        Gathering.objects.select_for_update(skip_locked=True)
        .filter(
            Q(pk__in=CheckIn.objects.values("gathering"))
            | Q(pk__in=HandCount.objects.values("gathering")),
            closes_at__lt=at - KEPT_FOR,
        )
        .order_by("pk")
    )
    emptied = 0
    for gathering in old:
        came = gathering.check_ins.filter(came_at__isnull=False).aggregate(number=Count("pk"))
        gathering.check_ins.all().delete()
        gathering.hand_counts.all().delete()
        Gathering.objects.filter(pk=gathering.pk).update(counted=F("counted") + came["number"])
        record(action="gathering.empty", subject=gathering, by=None, at=at, fields=["counted"])
        emptied += 1
    return emptied


def _lock(gathering: Gathering) -> Gathering:
    """Let one check-in at a time through, so that nobody comes in while the door is closed."""
    return Gathering.objects.select_for_update(no_key=True).get(pk=gathering.pk)
