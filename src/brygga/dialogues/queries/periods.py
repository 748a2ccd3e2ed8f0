"""Bodies whose mandate period has ended, and the dialogues that the new ones have not confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Least, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.enums import Role
from brygga.accounts.models import Body, Organisation
from brygga.core.calendar import end_of_day
from brygga.core.registry import TodayItem
from brygga.dialogues.enums import DialogueState, TeamRole
from brygga.dialogues.models import Dialogue, MandateConfirmation, MandatePeriod
from brygga.dialogues.queries.access import role_assignments, team_memberships

REMIND_FROM = timedelta(days=60)
ASKED = (DialogueState.PUBLISHED, DialogueState.INFORMATION)


@dataclass(frozen=True)
class Unconfirmed:
    """A mandate that a body gave whose period ends, or has ended."""

    body: Body
    last_day: date


def standing_of_mandate(dialogue: Dialogue, *, on: date) -> Unconfirmed | None:
    """Tell whose period ends soon or has ended without the new body having answered."""
    found = next(_standing(Dialogue.objects.filter(pk=dialogue.pk), on=on), None)
    return found[1] if found else None


def unconfirmed(*, on: date) -> Q:
    """Tell the public of a period that is over, not of one that draws to its end."""
    periods, ended = _unanswered(before=on)
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
    yield from _standing(
        Dialogue.objects.filter(
            Q(mandate__start_body__in=bodies) | Q(mandate__feeds_body__in=bodies)
        ),
        on=on,
    )


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Remind owners and secretaries, in the team or of the organisation."""
    today = localdate(at)
    if not _bodies_to_ask(today).exists():
        return
    held = role_assignments(user, today).filter(role__in=[Role.OWNER, Role.SECRETARY])
    organisations = set(held.values_list("membership__organisation", flat=True))
    asked = [TeamRole.OWNER, TeamRole.SECRETARY, TeamRole.PROCESS_LEADER]
    in_team = team_memberships(user, today).filter(role__in=asked)
    teams = set(in_team.values_list("dialogue", flat=True))
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


def _standing(dialogues: QuerySet[Dialogue], *, on: date) -> Iterator[tuple[Dialogue, Unconfirmed]]:
    """Give those of the dialogues with a period without an answer, and the earliest of these."""
    periods, ended = _unanswered(before=on + REMIND_FROM)
    earliest = Least(
        Subquery(periods.order_by("last_day").values("last_day")[:1]),
        Subquery(ended.values("last_day")[:1]),
    )
    found = (
        dialogues.filter(state__in=ASKED)
        .annotate(unanswered_on=earliest)
        .filter(unanswered_on__isnull=False)
        .select_related("mandate__start_body", "mandate__feeds_body", "organisation")
        .order_by("sort_key", "pk")
    )
    for dialogue in found.iterator(chunk_size=200):
        body = dialogue.mandate.start_body or dialogue.mandate.feeds_body
        assert body is not None
        yield dialogue, Unconfirmed(body, dialogue.unanswered_on)


def _unanswered(*, before: date) -> tuple[QuerySet[MandatePeriod], QuerySet[Body]]:
    """Give what ends before a day without an answer, of the dialogue in the question around.

    That is periods of the body that gave the mandate (the one that decided to start, else the one
    that decides), and that body itself where it ends altogether.
    """
    since = TruncDate(ExpressionWrapper(OuterRef("published_at"), DateTimeField()))
    who = Coalesce(OuterRef("mandate__start_body"), OuterRef("mandate__feeds_body"))
    answers = MandateConfirmation.objects.filter(
        dialogue=OuterRef(OuterRef("pk")), period_last_day=OuterRef("last_day")
    )
    is_due = Q(~Exists(answers), last_day__lt=before, last_day__gte=since)
    return MandatePeriod.objects.filter(is_due, body=who), Body.objects.filter(is_due, pk=who)


def _bodies_to_ask(on: date) -> QuerySet[Body]:
    """List the bodies with a period that has ended or soon will, or that end altogether."""
    periods = MandatePeriod.objects.filter(last_day__lt=on + REMIND_FROM)
    return Body.objects.filter(Q(pk__in=periods.values("body")) | Q(last_day__lt=on + REMIND_FROM))
