from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from brygga.core.editing.models import Presence
from brygga.core.editing.queries import HERE_FOR
from brygga.core.live import announce

KEPT_FOR = timedelta(days=1)


@transaction.atomic
def note_presence(*, place: str, by: AbstractBaseUser, at: datetime) -> None:
    """Note that somebody has a form open; those who have it too are told at once of an arrival."""
    was_here = Presence.objects.filter(user_id=by.pk, place=place, seen_at__gt=at - HERE_FOR)
    if not was_here.exists():
        announce(place)
    Presence.objects.update_or_create(user_id=by.pk, place=place, defaults={"seen_at": at})


def forget_absent(*, at: datetime) -> int:
    count, _ = Presence.objects.filter(seen_at__lt=at - KEPT_FOR).delete()
    return count
