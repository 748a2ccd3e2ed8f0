"""When a body's mandate period ends: the new body confirms the mandate, or ends it."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.calendar import format_date
from brygga.core.mail.operations import queue_message
from brygga.dialogues.enums import LogKind, MandateVerdict
from brygga.dialogues.models import Dialogue, MandateConfirmation, MandatePeriod
from brygga.dialogues.operations.handovers import KIND
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.publication import cancel
from brygga.dialogues.queries.leading import owners_of
from brygga.dialogues.queries.periods import standing_of_mandate, waiting_mandates


class NothingToConfirmError(Exception):
    """No period ends here, or the new body has answered already."""


class TooEarlyError(Exception):
    """The new body decides when it sits, not before."""


@transaction.atomic
def set_period(*, body: Body, last_day: date, by: User, at: datetime) -> MandatePeriod:
    period, is_new = MandatePeriod.objects.get_or_create(
        body=body, last_day=last_day, defaults={"set_at": at, "set_by": by}
    )
    if is_new:
        record(action="period.set", subject=body, by=by, at=at, fields=["last_day"])
    return period


@transaction.atomic
def confirm_mandate(
    *, dialogue: Dialogue, body: Body, decided_on: date, dnr: str, by: User, at: datetime
) -> MandateConfirmation:
    """Let the mandate go on by the new body's decision."""
    return _answer(dialogue, MandateVerdict.CONFIRMED, body, decided_on, dnr, by=by, at=at)


@transaction.atomic
def end_mandate(
    *,
    dialogue: Dialogue,
    body: Body,
    decided_on: date,
    dnr: str,
    reason: str,
    feedback: str,
    by: User,
    at: datetime,
) -> MandateConfirmation:
    """End the mandate by the new body's decision: the dialogue is broken off as any other."""
    answer = _answer(dialogue, MandateVerdict.ENDED, body, decided_on, dnr, by=by, at=at)
    cancel(dialogue=dialogue, reason=reason, feedback=feedback, by=by, at=at)
    return answer


@transaction.atomic
def remind_of_periods(*, at: datetime) -> int:
    """Write once to the owners of each mandate whose body's period ends; run every day."""
    told = 0
    for dialogue, found in waiting_mandates(on=localdate(at)):
        page = reverse("dialogues:mandate_confirm", args=[dialogue.public_id])
        for owner in owners_of(dialogue, on=localdate(at)):
            queue_message(
                key=f"period:{dialogue.public_id}:{found.last_day}:{owner.pk}",
                kind=KIND,
                recipient=owner.email,
                language=owner.language,
                template="dialogues/mail/period",
                context={
                    "dialogue": dialogue.title,
                    "body": found.body.name,
                    "day": format_date(found.last_day, owner.language),
                    "url": f"{settings.BRYGGA_ADDRESS}{page}",
                },
                due_at=at,
                at=at,
            )
            told += 1
    return told


def _answer(
    dialogue: Dialogue,
    verdict: MandateVerdict,
    body: Body,
    decided_on: date,
    dnr: str,
    *,
    by: User,
    at: datetime,
) -> MandateConfirmation:
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    found = standing_of_mandate(dialogue, on=localdate(at))
    if found is None:
        raise NothingToConfirmError
    if decided_on <= found.last_day:
        raise TooEarlyError
    answer = MandateConfirmation.objects.create(
        dialogue=dialogue,
        period_last_day=found.last_day,
        verdict=verdict,
        body=body,
        decided_on=decided_on,
        dnr=dnr,
        at=at,
        by=by,
    )
    with override(dialogue.language):
        told = {"body": body, "verdict": verdict.label, "dnr": dnr}
        text = gettext("%(body)s: %(verdict)s (%(dnr)s)") % told
    write_entry(
        dialogue=dialogue, kind=LogKind.MANDATE_CONFIRMED, text=text, is_public=True, by=by, at=at
    )
    record(action=f"mandate.{verdict.value}", subject=dialogue, by=by, at=at, fields=["dnr"])
    return answer
