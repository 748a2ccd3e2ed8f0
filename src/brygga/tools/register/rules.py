"""Plain rules: when a disposal is due, what a register number looks like, when we are late."""

import re
from calendar import monthrange
from datetime import date

from django.utils.timezone import localdate

from brygga.accounts.enums import RecordRules
from brygga.accounts.models import Organisation
from brygga.core.calendar import working_days_after
from brygga.dialogues.enums import RetentionClass
from brygga.dialogues.models import Dialogue
from brygga.tools.register.models import RetentionPlan

YEARS = {RetentionClass.TWO_YEARS: 2, RetentionClass.FIVE_YEARS: 5}
# Our own: the law says "as soon as possible"; after so many working days the registrar is reminded.
REGISTERED_WITHIN = 3
PLAIN = re.compile(r"[\w .:/-]*\d[\w .:/-]*")


def fits_series(dnr: str, series: str) -> bool:
    """Tell whether a number could be one of the body's: its letters, a year and a running number.

    Without a known series any text with a digit will do.
    """
    if not series:
        return bool(PLAIN.fullmatch(dnr))
    return bool(re.fullmatch(rf"{re.escape(series)}[ -]?\d{{4}}[/:-]\d+", dnr, re.IGNORECASE))


JOB = "register.delivery"  # the kind of job that makes a delivery


def letter_key(delivery: int) -> str:
    """Name the letter that a delivery is sent with, in the ledger of mail."""
    return f"register:{delivery}"


def register_by(asked_on: date) -> date:
    return working_days_after(asked_on, REGISTERED_WITHIN)


def answer_by(received_on: date) -> date:
    """Give the day a month later, or the last of that month (GDPR, article 12.3)."""
    return _months_after(received_on, 1)


def due_on(dialogue: Dialogue, rule: str) -> date | None:
    """Give the day on which the records go, years after the dialogue ended; None before that."""
    years = YEARS.get(RetentionClass(rule)) if rule else None
    if years is None or dialogue.ended_at is None:
        return None
    return _months_after(localdate(dialogue.ended_at), 12 * years)


def is_due(plan: RetentionPlan, *, on: date) -> bool:
    """Tell whether a disposal is to be carried out: its day has come and nothing stops it."""
    day = due_on(plan.dialogue, plan.rule)
    is_open = plan.carried_out_at is None and plan.held_at is None
    return is_open and day is not None and day <= on


def keeps_records(organisation: Organisation) -> bool:
    """Tell whether what people said is a public record, which goes by a decided rule only."""
    return organisation.record_rules == RecordRules.AUTHORITY


def _months_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
