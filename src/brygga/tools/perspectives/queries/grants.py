"""Who may have the row-level package."""

import hashlib
import hmac
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.tools.perspectives.enums import PackageAccess
from brygga.tools.perspectives.models import PackageGrant, StatementRound


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def get_grant(public_id: str, secret: str, *, at: datetime) -> PackageGrant:
    """Give a grant that holds now; Http404 for a wrong, expired or revoked link."""
    grant = (
        PackageGrant.objects.filter(public_id=public_id, revoked_at=None)
        .filter(Q(expires_at=None) | Q(expires_at__gt=at))
        .select_related("round__dialogue")
        .first()
    )
    if grant is None:
        raise Http404
    if grant.access == PackageAccess.REVIEWER and not hmac.compare_digest(
        grant.secret_hash, hash_of(secret)
    ):
        raise Http404
    return grant


def grants_of(statement_round: StatementRound) -> QuerySet[PackageGrant]:
    return (
        PackageGrant.objects.filter(round=statement_round)
        .select_related("granted_by")
        .order_by("-granted_at", "-pk")
    )


def get_grant_of(statement_round: StatementRound, public_id: str) -> PackageGrant:
    found = PackageGrant.objects.filter(round=statement_round, public_id=public_id).first()
    if found is None:
        raise Http404
    return found
