"""The dates of dialogues as calendars want them: their steps, their decision, and their tools'."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.models import CalendarLink, Organisation, User
from brygga.accounts.models.secrets import hash_of
from brygga.core.calendar import CalendarDate, day_of
from brygga.dialogues.enums import ActivityState, DialogueState, StepState
from brygga.dialogues.models import Activity, Dialogue, Mandate, Step
from brygga.dialogues.queries.access import Reader, dialogues_for, get_public_dialogue
from brygga.dialogues.registry import OfferedDate, registry

KEPT_FOR = timedelta(days=365)  # what ended longer ago has left the personal calendar


@dataclass(frozen=True)
class Feed:
    name: str
    dates: list[CalendarDate]


def get_public_feed(public_id: str, reader: Reader) -> Feed:
    """Give the published dates of a dialogue to who may read it; Http404 to everybody else."""
    dialogue = get_public_dialogue(public_id, reader)
    return Feed(dialogue.title, _dates_of([dialogue], for_team=False))


def get_personal_feed(secret: str, *, at: datetime) -> Feed:
    """Give what the link's owner may see now, in the link's one organisation.

    Http404 for an ended link, and where the person has left the organisation.
    """
    link = (
        CalendarLink.objects.filter(secret_hash=hash_of(secret), user__is_active=True)
        .filter(user__memberships__organisation=F("organisation"), user__memberships__left_at=None)
        .select_related("user", "organisation")
        .first()
    )
    if link is None:
        raise Http404
    dialogues = list(_dialogues_in(link.user, link.organisation, at=at))
    with translation.override(link.user.language):
        return Feed(link.organisation.name, _dates_of(dialogues, for_team=True))


def links_of(user: User) -> dict[int, CalendarLink]:
    """Give a person's links by the key of their organisation."""
    return {link.organisation_id: link for link in CalendarLink.objects.filter(user=user)}


def _dialogues_in(user: User, organisation: Organisation, *, at: datetime) -> QuerySet[Dialogue]:
    owned = Dialogue.objects.filter(bodies__organisation=organisation)
    return dialogues_for(user, at=at).filter(
        Q(organisation=organisation) | Q(pk__in=owned.values("pk")),
        Q(ended_at=None) | Q(ended_at__gte=at - KEPT_FOR),
    )


def _dates_of(dialogues: Sequence[Dialogue], *, for_team: bool) -> list[CalendarDate]:
    offered = [
        *_own_dates(dialogues),
        *_activities(dialogues, for_team=for_team),
        *registry.dates(dialogues, for_team=for_team),
    ]
    return [_calendar_date(each) for each in offered]


def _calendar_date(offered: OfferedDate) -> CalendarDate:
    url = offered.url or offered.dialogue.get_absolute_url()
    return CalendarDate(
        uid=offered.uid,
        title=f"{offered.dialogue.title}: {offered.what}",
        first=offered.first,
        last=offered.last,
        text=offered.text,
        url=f"{settings.BRYGGA_ADDRESS}{url}",
        place=offered.place,
        is_cancelled=offered.is_cancelled or _was_broken_off(offered),
        changes=offered.changes,
    )


def _was_broken_off(offered: OfferedDate) -> bool:
    """Tell whether the dialogue was broken off before the date had come to its end."""
    dialogue = offered.dialogue
    if dialogue.state != DialogueState.CANCELLED or dialogue.ended_at is None:
        return False
    return day_of(offered.last or offered.first) >= localdate(dialogue.ended_at)


def _own_dates(dialogues: Sequence[Dialogue]) -> Iterator[OfferedDate]:
    steps = Step.objects.filter(dialogue__in=dialogues).exclude(starts_on=None, last_day=None)
    for step in steps.select_related("dialogue").order_by("dialogue", "round", "position"):
        first = step.starts_on or step.last_day
        assert first
        yield OfferedDate(
            dialogue=step.dialogue,
            uid=f"step-{step.dialogue.public_id}-{step.round}-{step.position}",
            what=step.get_kind_display(),
            first=first,
            last=step.last_day,
            text=step.public_text,
            is_cancelled=step.state == StepState.LEFT,
        )
    mandates = Mandate.objects.filter(dialogue__in=dialogues, feeds_on__isnull=False)
    for mandate in mandates.select_related("dialogue", "feeds_body"):
        assert mandate.feeds_on
        yield OfferedDate(
            dialogue=mandate.dialogue,
            uid=f"decision-{mandate.dialogue.public_id}",
            what=gettext("The decision"),
            first=mandate.feeds_on,
            text=mandate.feeds_what,
            place=str(mandate.feeds_body or ""),
        )


def _activities(dialogues: Sequence[Dialogue], *, for_team: bool) -> Iterator[OfferedDate]:
    activities = Activity.objects.filter(dialogue__in=dialogues)
    if not for_team:
        activities = activities.filter(is_public=True)
    for activity in activities.select_related("dialogue").order_by("dialogue", "starts_at", "pk"):
        yield OfferedDate(
            dialogue=activity.dialogue,
            uid=f"activity-{activity.public_id}",
            what=activity.title,
            first=activity.starts_at,
            last=activity.ends_at,
            text=activity.state_reason or activity.purpose,
            place=activity.place,
            is_cancelled=activity.state == ActivityState.CANCELLED,
            changes=activity.version - 1,
        )
