"""Counting what comes from one network address, without keeping the address."""

import hmac
from datetime import date, datetime

from django.db import connection
from django.utils.timezone import localdate

from brygga.core.limits.models import DailySalt, LimitCounter

# One statement, so that two requests at the same instant are never counted as one.
COUNT_ONE = """
    INSERT INTO limits_limitcounter AS counter (day, key, count) VALUES (%s, %s, 1)
    ON CONFLICT (day, key) DO UPDATE SET count = counter.count + 1
    RETURNING count
"""


class TooManyError(Exception):
    """More than the day's limit came from one network address."""


def count_one(*, scope: str, address: str, limit: int, at: datetime) -> None:
    """Count one act of a kind from an address; raise TooManyError when that is over the limit.

    The key is a hash under a random salt that is deleted with the day. The scope is part of it, so
    that the counters of two dialogues cannot be seen to belong to the same address.
    """
    day = localdate(at)
    salt, _ = DailySalt.objects.get_or_create(day=day)
    message = f"{scope}\n{address}".encode()
    key = hmac.new(salt.salt.encode(), message, "sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, [day, key])
        (count,) = cursor.fetchone() or (0,)
    if count > limit:
        raise TooManyError(scope)


def forget_before(*, day: date) -> int:
    """Delete the counters and salts of earlier days; return how many counters went."""
    DailySalt.objects.filter(day__lt=day).delete()
    count, _ = LimitCounter.objects.filter(day__lt=day).delete()
    return count
