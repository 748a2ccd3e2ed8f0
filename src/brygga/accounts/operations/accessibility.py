"""The accessibility statement, and those who report that they could not use something."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import ComplianceLevel, ReportState, Role, ShortcomingReason
from brygga.accounts.models import (
    AccessibilityReport,
    AccessibilityShortcoming,
    AccessibilityStatement,
    Organisation,
    RoleAssignment,
    User,
)
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.public_page import ChangedMeanwhileError, write
from brygga.accounts.queries.accessibility import who_runs_this
from brygga.core.audit.operations import record
from brygga.core.calendar import working_days_after
from brygga.core.mail.operations import queue_message

KIND = "accessibility"
ADDRESS_KEPT = timedelta(days=90)  # after the answer; our own


class ShortcomingTakenError(RefusalError):
    reason = _("That shortcoming is already in the list.")
    field = "what"


class AlreadyAnsweredError(RefusalError):
    reason = _("Somebody has answered it.")


@dataclass(frozen=True)
class StatementFacts:
    level: ComplianceLevel
    tested_how: str = ""
    tested_on: date | None = None
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True)
class ShortcomingFacts:
    what: str
    reason: ShortcomingReason
    why: str = ""
    instead: str = ""
    mended_by: date | None = None
    mended_on: date | None = None


@dataclass(frozen=True)
class Obstacle:
    """What somebody writes who could not use a page."""

    text: str
    page: str = ""
    email: str = ""
    language: str = "sv"


@transaction.atomic
def save_statement(
    *, organisation: Organisation, facts: StatementFacts, version: int, by: User, at: datetime
) -> AccessibilityStatement:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    statement = AccessibilityStatement.objects.filter(organisation=organisation).first()
    if (statement.version if statement else 0) != version:
        raise ChangedMeanwhileError(statement.version if statement else 0)
    statement = statement or AccessibilityStatement(organisation=organisation, version=0)
    changed = write(statement, vars(facts))
    statement.reviewed_on = localdate(at)
    statement.version += 1
    statement.save()
    record(action="statement.saved", subject=organisation, by=by, at=at, fields=changed)
    return statement


@transaction.atomic
def save_shortcoming(
    *,
    organisation: Organisation,
    shortcoming: AccessibilityShortcoming | None,
    facts: ShortcomingFacts,
    by: User,
    at: datetime,
) -> AccessibilityShortcoming:
    shortcoming = shortcoming or AccessibilityShortcoming(organisation=organisation)
    changed = write(shortcoming, vars(facts))
    try:
        with transaction.atomic():
            shortcoming.save()
    except IntegrityError as error:
        raise ShortcomingTakenError from error
    record(action="shortcoming.saved", subject=shortcoming, by=by, at=at, fields=changed)
    return shortcoming


@transaction.atomic
def report_obstacle(
    *, organisation: Organisation, obstacle: Obstacle, client_key: str, at: datetime
) -> AccessibilityReport:
    """Take a report in and write to who answers for it; the same page sent twice is one report."""
    report, is_new = AccessibilityReport.objects.get_or_create(
        client_key=client_key,
        defaults={
            **vars(obstacle),
            "organisation": organisation,
            "received_at": at,
            "due_on": working_days_after(localdate(at), settings.BRYGGA_ACCESSIBILITY_DAYS),
        },
    )
    if is_new:
        record(action="obstacle.reported", subject=report, by=None, at=at)
        for number, recipient in enumerate(_recipients(organisation, localdate(at))):
            _tell(report, f"accessibility:{report.pk}:{number}", recipient, at)
    return report


@transaction.atomic
def answer_report(
    *, report: AccessibilityReport, answer: str, by: User, at: datetime
) -> AccessibilityReport:
    """Answer once; who left an address gets the answer by mail."""
    report = AccessibilityReport.objects.select_for_update().get(pk=report.pk)
    if report.state == ReportState.ANSWERED:
        raise AlreadyAnsweredError
    report.state, report.answer = ReportState.ANSWERED, answer
    report.answered_at, report.answered_by = at, by
    report.save()
    record(action="obstacle.answered", subject=report, by=by, at=at)
    if report.email:
        queue_message(
            key=f"accessibility-answer:{report.pk}",
            kind=KIND,
            recipient=report.email,
            language=report.language,
            template="accounts/mail/obstacle_answered",
            context={"organisation": report.organisation.name, "answer": answer},
            due_at=at,
            at=at,
        )
    return report


def forget_addresses(*, at: datetime) -> int:
    """Empty the addresses of those who have had their answer for a while."""
    due = AccessibilityReport.objects.filter(answered_at__lt=at - ADDRESS_KEPT)
    return due.exclude(email="").update(email="")


def _recipients(organisation: Organisation, day: date) -> list[str]:
    """Give the statement's address, else those of the owners, else of who runs the installation.

    A report is always written to somebody: where an organisation has nobody, whoever runs it hears.
    """
    statement = AccessibilityStatement.objects.filter(organisation=organisation).first()
    if statement and statement.contact_email:
        return [statement.contact_email]
    owners = _owners(organisation, day)
    runner = None if owners else who_runs_this()
    return _owners(runner, day) if runner else owners


def _owners(organisation: Organisation, day: date) -> list[str]:
    owners = RoleAssignment.objects.valid_on(day).filter(
        role=Role.OWNER,
        body=None,
        membership__organisation=organisation,
        membership__left_at=None,
        membership__user__is_active=True,
    )
    emails = owners.order_by("membership__user__email")
    return list(emails.values_list("membership__user__email", flat=True).distinct())


def _tell(report: AccessibilityReport, key: str, recipient: str, at: datetime) -> None:
    place = [report.organisation.slug, report.public_id]
    queue_message(
        key=key,
        kind=KIND,
        recipient=recipient,
        language=settings.LANGUAGE_CODE,
        template="accounts/mail/obstacle_reported",
        context={
            "organisation": report.organisation.name,
            "due_on": report.due_on.isoformat(),
            "url": f"{settings.BRYGGA_ADDRESS}{reverse('accounts:obstacle', args=place)}",
        },
        due_at=at,
        at=at,
    )
