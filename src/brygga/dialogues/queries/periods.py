"""Bodies whose mandate period has ended, and the dialogues that the new ones have not confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.enums import Role
from brygga.accounts.models import Body, Organisation, RoleAssignment
from brygga.core.calendar import end_of_day
from brygga.core.registry import TodayItem
from brygga.dialogues.enums import DialogueState, TeamRole
from brygga.dialogues.models import Dialogue, MandateConfirmation, MandatePeriod

REMIND_FROM = timedelta(days=60)
ASKED = (DialogueState.PUBLISHED, DialogueState.INFORMATION)


@dataclass(frozen=True)
class Unconfirmed:
    """A mandate that a body gave whose period ends, or has ended."""

    body: Body
    last_day: date


def standing_of_mandate(dialogue: Dialogue, *, on: date) -> Unconfirmed | None:
    """Tell whose period ends soon or has ended without the new body having answered."""
    if dialogue.state not in ASKED or dialogue.published_at is None:
        return None
    who, since = _commissioners(dialogue), localdate(dialogue.published_at)
    answered = MandateConfirmation.objects.filter(dialogue=dialogue).values("period_last_day")
    periods = _periods(on).filter(body__in=who, last_day__gte=since)
    ended = _ending(on).filter(pk__in=who, last_day__gte=since)
    found = (
        periods.exclude(last_day__in=answered)
        .values_list("last_day", "body")
        .union(ended.exclude(last_day__in=answered).values_list("last_day", "pk"))
        .order_by("last_day")
        .first()
    )
    return Unconfirmed(Body.objects.get(pk=found[1]), found[0]) if found else None


def unconfirmed(*, on: date) -> Q:
    """Tell the public of a period that is over, not of one that draws to its end.

    The same as `standing_of_mandate`, asked of many dialogues or together with other questions.
    """
    since = TruncDate(ExpressionWrapper(OuterRef("published_at"), DateTimeField()))
    who = Coalesce(OuterRef("mandate__start_body"), OuterRef("mandate__feeds_body"))
    answers = MandateConfirmation.objects.filter(
        dialogue=OuterRef(OuterRef("pk")), period_last_day=OuterRef("last_day")
    )
    is_over = Q(~Exists(answers), last_day__lt=on, last_day__gte=since)
    periods = MandatePeriod.objects.filter(is_over, body=who)
    ended = Body.objects.filter(is_over, pk=who)
    return Q(Exists(periods) | Exists(ended), state__in=ASKED)


def is_unconfirmed(dialogue: Dialogue, *, on: date) -> bool:
    return Dialogue.objects.filter(unconfirmed(on=on), pk=dialogue.pk).exists()


def confirmations_of(dialogue: Dialogue) -> QuerySet[MandateConfirmation]:
    return (
        MandateConfirmation.objects.filter(dialogue=dialogue)
        .select_related("body")
        .order_by("-decided_on", "-pk")
    )


def bodies_with_periods(organisation: Organisation) -> list[tuple[Body, MandatePeriod | None]]:
    latest = {
        period.body_id: period
        for period in MandatePeriod.objects.filter(body__organisation=organisation).order_by(
            "last_day"
        )
    }
    bodies = Body.objects.filter(organisation=organisation).order_by("sort_key", "pk")
    return [(body, latest.get(body.pk)) for body in bodies]


def waiting_mandates(*, on: date) -> Iterator[tuple[Dialogue, Unconfirmed]]:
    """Give each dialogue whose new body is to answer, or soon will be."""
    bodies = _bodies_to_ask(on)
    dialogues = (
        Dialogue.objects.filter(
            Q(mandate__start_body__in=bodies) | Q(mandate__feeds_body__in=bodies), state__in=ASKED
        )
        .select_related("mandate", "organisation")
        .order_by("sort_key", "pk")
    )
    for dialogue in dialogues.iterator(chunk_size=200):
        if found := standing_of_mandate(dialogue, on=on):
            yield dialogue, found


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Remind owners and secretaries, in the team or of the organisation."""
    today = localdate(at)
    if not _bodies_to_ask(today).exists():
        return
    held = RoleAssignment.objects.valid_on(today).filter(
        role__in=[Role.OWNER, Role.SECRETARY], membership__left_at=None, membership__user_id=user.pk
    )
    organisations = set(held.values_list("membership__organisation", flat=True))
    teams = set(
        Dialogue.objects.filter(
            team__user_id=user.pk,
            team__role__in=[TeamRole.OWNER, TeamRole.SECRETARY, TeamRole.PROCESS_LEADER],
            team__last_day=None,
        ).values_list("pk", flat=True)
    )
    if not organisations and not teams:
        return
    for dialogue, found in waiting_mandates(on=today):
        if dialogue.organisation_id in organisations or dialogue.pk in teams:
            day = date_format(found.last_day, "DATE_FORMAT")
            text = (
                gettext("The mandate period of {body} ended on {day}. Has the new body answered?")
                if found.last_day < today
                else gettext(
                    "The mandate period of {body} ends on {day}. The new body confirms or ends "
                    "the mandate."
                )
            )
            yield TodayItem(
                title=dialogue.title,
                why=text.format(body=found.body, day=day),
                url=reverse("dialogues:mandate_confirm", args=[dialogue.public_id]),
                due_at=end_of_day(found.last_day),
                is_overdue=found.last_day < today,
            )


def _periods(on: date) -> QuerySet[MandatePeriod]:
    return MandatePeriod.objects.filter(last_day__lt=on + REMIND_FROM)


def _bodies_to_ask(on: date) -> QuerySet[Body]:
    return Body.objects.filter(Q(pk__in=_periods(on).values("body")) | Q(pk__in=_ending(on)))


def _ending(on: date) -> QuerySet[Body]:
    """List the bodies that end altogether: their last day ends their period too."""
    return Body.objects.filter(last_day__lt=on + REMIND_FROM)


def _commissioners(dialogue: Dialogue) -> list[int]:
    """Give who gave the mandate: the body that decided to start, else the one that decides."""
    mandate = dialogue.mandate
    body = mandate.start_body_id or mandate.feeds_body_id
    return [body] if body else []
