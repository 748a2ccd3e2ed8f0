"""The statement of an organisation or of the installation, and the queue of what is reported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.enums import OrganisationKind, Permission, ReportState
from brygga.accounts.models import (
    AccessibilityReport,
    AccessibilityShortcoming,
    AccessibilityStatement,
    Organisation,
    User,
)
from brygga.accounts.queries import Reader
from brygga.accounts.rules import may, organisations_where
from brygga.core.calendar import end_of_day
from brygga.core.registry.today import Facts, TodayItem, TodayRows


@dataclass(frozen=True)
class Told:
    """What a page tells; without a statement of its own it is the default text."""

    organisation: Organisation | None
    statement: AccessibilityStatement | None
    shortcomings: list[AccessibilityShortcoming]
    mended: list[AccessibilityShortcoming]


def told_by(organisation: Organisation | None) -> Told:
    if organisation is None:
        return Told(None, None, [], [])
    found = list(shortcomings_of(organisation))
    return Told(
        organisation,
        statement_of(organisation),
        [each for each in found if each.mended_on is None],
        [each for each in found if each.mended_on],
    )


def statement_of(organisation: Organisation) -> AccessibilityStatement | None:
    return AccessibilityStatement.objects.filter(organisation=organisation).first()


def shortcomings_of(organisation: Organisation) -> QuerySet[AccessibilityShortcoming]:
    return organisation.shortcomings.order_by("mended_by", "pk")


def who_runs_this() -> Organisation | None:
    """Give who answers for the installation's own pages: as set, else the national body here."""
    if settings.BRYGGA_RUN_BY:
        return Organisation.objects.filter(slug=settings.BRYGGA_RUN_BY).first()
    national = Organisation.objects.filter(kind=OrganisationKind.NATIONAL_BODY)
    return national.order_by("pk").first()


def get_shortcoming_for(
    user: Reader, slug: str, public_id: str, day: date
) -> AccessibilityShortcoming:
    found = (
        AccessibilityShortcoming.objects.select_related("organisation")
        .filter(organisation__slug=slug, public_id=public_id)
        .first()
    )
    if found is None or not may(user, Permission.ANSWER_ACCESSIBILITY, found.organisation, day):
        raise Http404
    return found


def reports_of(
    organisation: Organisation, *, state: str = "", words: str = ""
) -> QuerySet[AccessibilityReport]:
    """List what was reported: what waits first, by its day."""
    found = organisation.accessibility_reports.order_by("-state", "due_on", "pk")
    if state:
        found = found.filter(state=state)
    return found.filter(text__icontains=words) if words else found


def get_report_for(user: Reader, slug: str, public_id: str, day: date) -> AccessibilityReport:
    found = (
        AccessibilityReport.objects.select_related("organisation", "answered_by")
        .filter(organisation__slug=slug, public_id=public_id)
        .first()
    )
    if found is None or not may(user, Permission.ANSWER_ACCESSIBILITY, found.organisation, day):
        raise Http404
    return found


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayRows]:
    assert isinstance(user, User)
    today = localdate(at)
    where = organisations_where(user, Permission.ANSWER_ACCESSIBILITY, today)

    def item(row: Facts) -> TodayItem:
        due_on = date.fromisoformat(row["due_on"])
        return TodayItem(
            title=gettext("Answer somebody who met an obstacle on a page"),
            why=row["name"],
            url=reverse("accounts:obstacle", args=[row["organisation"], row["report"]]),
            due_at=end_of_day(due_on),
            is_overdue=due_on < today,
        )

    waiting = AccessibilityReport.objects.filter(organisation__in=where, state=ReportState.OPEN)
    facts = {
        "report": "public_id",
        "organisation": "organisation__slug",
        "name": "organisation__name",
        "due_on": "due_on",
    }
    yield TodayRows(waiting.order_by("due_on", "pk")[:20], facts, item)
