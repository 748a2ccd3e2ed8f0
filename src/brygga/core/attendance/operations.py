"""Checking in: by the host's code, by a personal code that staff scan, or counted by hand."""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Count, F
from django.utils.crypto import salted_hmac

from brygga.core.attendance.models import CheckIn, Gathering
from brygga.core.attendance.queries import hash_of, is_open, key_of
from brygga.core.audit.operations import record

KEPT_FOR = timedelta(days=30)
MOST_HEADS = 100_000


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
    by: AbstractBaseUser | None,
    at: datetime,
) -> Gathering:
    """Make the owner's gathering, or give the one it has another title and other times."""
    gathering, is_new = Gathering.objects.update_or_create(
        owner_kind=owner_kind,
        owner_id=owner_id,
        defaults={"title": title, "opens_at": opens_at, "closes_at": closes_at},
        create_defaults={
            "title": title,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "secret_hash": hash_of(host_secret(owner_kind, owner_id)),
        },
    )
    action = "gathering.open" if is_new else "gathering.change"
    record(
        action=action, subject=gathering, by=by, at=at, fields=["title", "opens_at", "closes_at"]
    )
    return gathering


def expect(*, gathering: Gathering) -> str:
    """Expect one more person, and give the secret of a personal code for the only time."""
    secret = secrets.token_urlsafe(18)
    CheckIn.objects.create(
        gathering=gathering, key_hash=key_of(gathering, secret), is_expected=True
    )
    return secret


def check_in_device(*, gathering: Gathering, device: str, at: datetime) -> CheckIn:
    """Let a phone that scanned the host's code be here; the same phone again changes nothing."""
    if not is_open(gathering, at=at):
        raise NotOpenError
    check_in, _ = CheckIn.objects.get_or_create(
        gathering=gathering, key_hash=key_of(gathering, device), defaults={"came_at": at}
    )
    return check_in


def check_in_personal(*, gathering: Gathering, secret: str, at: datetime) -> CheckIn:
    """Let the holder of a personal code be here, however often and by how many it is scanned."""
    if not is_open(gathering, at=at):
        raise NotOpenError
    found = CheckIn.objects.filter(
        gathering=gathering, key_hash=key_of(gathering, secret), is_expected=True
    )
    found.filter(came_at=None).update(came_at=at)
    check_in = found.first()
    if check_in is None:
        raise UnknownCodeError
    return check_in


@transaction.atomic
def count_heads(
    *, gathering: Gathering, heads: int, by: AbstractBaseUser, at: datetime
) -> Gathering:
    """Set how many came without a phone. May be mended after the end: paper comes in late."""
    if not 0 <= heads <= MOST_HEADS:
        raise WrongNumberError(heads)
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    locked.counted = heads
    locked.save(update_fields=["counted"])
    record(action="gathering.count", subject=locked, by=by, at=at, fields=["counted"])
    return locked


@transaction.atomic
def empty_old_lists(*, at: datetime) -> int:
    """Keep only the number of those who came, a month after the gathering."""
    old = (
        Gathering.objects.select_for_update(skip_locked=True)
        .filter(closes_at__lt=at - KEPT_FOR, pk__in=CheckIn.objects.values("gathering"))
        .order_by("pk")
    )
    emptied = 0
    for gathering in old:
        came = gathering.check_ins.filter(came_at__isnull=False).aggregate(number=Count("pk"))
        gathering.check_ins.all().delete()
        Gathering.objects.filter(pk=gathering.pk).update(counted=F("counted") + came["number"])
        record(action="gathering.empty", subject=gathering, by=None, at=at, fields=["counted"])
        emptied += 1
    return emptied
