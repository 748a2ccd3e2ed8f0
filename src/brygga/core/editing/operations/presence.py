from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from brygga.core.editing.models import Presence
from brygga.core.editing.queries import HERE_FOR
from brygga.core.live.listener import CHANNEL

KEPT_FOR = timedelta(days=1)

# One statement: it is made each time a form is opened, and again every few seconds.
NOTE = """
    WITH before AS (
        SELECT 1 FROM editing_presence
        WHERE user_id = %(user)s AND place = %(place)s AND seen_at > %(since)s
    ), noted AS (
        INSERT INTO editing_presence (user_id, place, seen_at)
        VALUES (%(user)s, %(place)s, %(at)s)
        ON CONFLICT (user_id, place) DO UPDATE SET seen_at = excluded.seen_at
        RETURNING place
    )
    SELECT
        EXISTS (
            SELECT FROM editing_presence
            WHERE user_id <> %(user)s AND place = %(place)s AND seen_at > %(since)s
        ),
        (SELECT pg_notify(%(channel)s, place) FROM noted WHERE NOT EXISTS (SELECT FROM before))
"""


def note_presence(*, place: str, by: AbstractBaseUser, at: datetime) -> bool:
    """Note that somebody has a form open, and tell whether others have it open too.

    They are told at once of an arrival.
    """
    facts = {
        "user": by.pk,
        "place": place,
        "at": at,
        "since": at - HERE_FOR,
        "channel": CHANNEL,
    }
    with connection.cursor() as cursor:
        cursor.execute(NOTE, facts)
        has_others, _ = cursor.fetchone()
    return bool(has_others)


def forget_absent(*, at: datetime) -> int:
    count, _ = Presence.objects.filter(seen_at__lt=at - KEPT_FOR).delete()
    return count
