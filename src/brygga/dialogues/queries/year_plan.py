"""The yearly plan, for those who read it and those who write it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.accounts.enums import Permission
from brygga.accounts.models import Organisation
from brygga.accounts.queries import Reader, get_organisation_for
from brygga.accounts.rules import may
from brygga.dialogues.enums import DialogueState, Visibility
from brygga.dialogues.models import Dialogue, PlannedDialogue, YearPlan

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Row:
    """A planned dialogue, and for each quarter whether it goes on then."""

    planned: PlannedDialogue
    quarters: tuple[bool, ...]
    is_open: bool  # the dialogue exists and everybody may read it


@dataclass(frozen=True)
class Year:
    plan: YearPlan
    rows: list[Row]
    others: list[int]  # years with a published plan


def plans_of(organisation: Organisation) -> QuerySet[YearPlan]:
    return YearPlan.objects.filter(organisation=organisation).order_by("-year")


def published_year(organisation: Organisation, *, wanted: int | None, today: date) -> Year | None:
    """Give the plan of a year; without a wish that of this year, else the latest there is."""
    published = list(plans_of(organisation).filter(published_at__isnull=False))
    if not published:
        return None
    by_year = {plan.year: plan for plan in published}
    plan = by_year.get(wanted or today.year) or by_year.get(today.year) or published[0]
    return Year(plan, rows_of(plan), [each.year for each in published if each != plan])


def rows_of(plan: YearPlan) -> list[Row]:
    planned = (
        plan.planned.filter(removed_at=None)
        .select_related("body", "dialogue")
        .order_by("first_quarter", "last_quarter", "issue")
    )
    return [Row(each, _quarters(each), _is_readable(each)) for each in planned]


def get_plan_for(user: Reader, slug: str, year: int, day: date) -> YearPlan:
    organisation = get_organisation_for(user, slug, Permission.EDIT_PAGE, day)
    plan = plans_of(organisation).filter(year=year).first()
    if plan is None:
        raise Http404
    return plan


def get_planned_for(
    user: Reader, slug: str, year: int, public_id: str, day: date
) -> PlannedDialogue:
    found = (
        PlannedDialogue.objects.select_related("plan__organisation", "dialogue", "body")
        .filter(
            plan__organisation__slug=slug, plan__year=year, public_id=public_id, removed_at=None
        )
        .first()
    )
    if found is None or not may(user, Permission.EDIT_PAGE, found.plan.organisation, day):
        raise Http404
    return found


def _quarters(planned: PlannedDialogue) -> tuple[bool, ...]:
    return tuple(planned.first_quarter <= each <= planned.last_quarter for each in QUARTERS)


def _is_readable(planned: PlannedDialogue) -> bool:
    dialogue = planned.dialogue
    return (
        dialogue is not None
        and dialogue.visibility == Visibility.PUBLIC
        and dialogue.published_at is not None
        and dialogue.state != DialogueState.DRAFT
    )


def dialogue_with(organisation: Organisation, public_id: str) -> Dialogue | None:
    """Find a dialogue that the organisation owns, alone or with others."""
    owned = Dialogue.objects.filter(bodies__organisation=organisation).values("pk")
    return Dialogue.objects.filter(
        Q(organisation=organisation) | Q(pk__in=owned), public_id=public_id
    ).first()
