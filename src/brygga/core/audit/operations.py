"""Writing the audit trail, from inside the transaction that it tells of."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from brygga.core.audit.models import AuditRow


def record(
    *,
    action: str,
    subject: Model,
    by: AbstractBaseUser | None,
    at: datetime,
    fields: Iterable[str] = (),
) -> AuditRow:
    return AuditRow.objects.create(
        at=at,
        by_id=by.pk if by else None,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        fields=sorted(fields),
    )
