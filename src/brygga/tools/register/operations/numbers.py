"""The register number that comes back. A correction keeps what stood there, and why."""

from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.tools.register.models import Delivery, NumberChange
from brygga.tools.register.rules import fits_series


class NotMadeYetError(Exception):
    """The files are not made yet, so nobody can have registered them."""


class StrangeNumberError(Exception):
    """The number is not one of the body's series."""


class CorrectionNeedsReasonError(Exception):
    """Whoever changes a register number says why."""


@transaction.atomic
def enter_number(
    *, delivery: Delivery, dnr: str, reason: str = "", by: User, at: datetime
) -> Delivery:
    """Enter the number, or correct it; the same number again changes nothing."""
    locked = (
        Delivery.objects.select_for_update(of=("self",)).select_related("body").get(pk=delivery.pk)
    )
    if locked.made_at is None:
        raise NotMadeYetError
    if not fits_series(dnr, locked.body.dnr_series):
        raise StrangeNumberError(locked.body.dnr_series)
    if dnr == locked.dnr:
        return locked
    if locked.dnr:
        if not reason:
            raise CorrectionNeedsReasonError
        NumberChange.objects.create(
            delivery=locked, before=locked.dnr, after=dnr, reason=reason, at=at, by=by
        )
    locked.dnr, locked.dnr_at, locked.dnr_by = dnr, at, by
    locked.save(update_fields=["dnr", "dnr_at", "dnr_by"])
    record(action="register.number", subject=locked, by=by, at=at, fields=["dnr"])
    return locked
