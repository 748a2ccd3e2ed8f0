"""Drafts are the writer's own and no part of the record: they leave no audit row."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from brygga.core.editing.models import Draft, Presence
from brygga.core.editing.queries import Drafting

LONGEST = 100_000
KEPT_FOR = timedelta(days=30)  # our own choice


class DraftTooLongError(Exception):
    """More than any form of ours takes."""


def keep_draft(
    *, drafting: Drafting, typed: Mapping[str, str], by: AbstractBaseUser, at: datetime
) -> Draft:
    """Keep the texts that the form's draft is made of; what else was sent is not kept."""
    texts = {name: typed[name].replace("\0", "") for name in drafting.names if name in typed}
    if sum(map(len, texts.values())) > LONGEST:
        raise DraftTooLongError
    kept, _ = Draft.objects.update_or_create(
        user_id=by.pk,
        form=drafting.form,
        subject=drafting.subject,
        defaults={"typed": texts, "saved_at": at},
    )
    return kept


def throw_away_draft(*, drafting: Drafting, by: AbstractBaseUser) -> None:
    """Erase a draft: the form was sent, or its writer does not want it."""
    Draft.objects.filter(user_id=by.pk, form=drafting.form, subject=drafting.subject).delete()


def forget_writer(*, user: AbstractBaseUser) -> int:
    """Erase all that somebody has typed and not sent, and where they have forms open."""
    Presence.objects.filter(user_id=user.pk).delete()
    count, _ = Draft.objects.filter(user_id=user.pk).delete()
    return count


def forget_drafts(*, users: QuerySet[Any], subjects: Collection[str]) -> int:
    """Erase what people have typed and not sent about some things."""
    count, _ = Draft.objects.filter(user__in=users, subject__in=subjects).delete()
    return count


def forget_old_drafts(*, at: datetime) -> int:
    count, _ = Draft.objects.filter(saved_at__lt=at - KEPT_FOR).delete()
    return count
