"""Setting a round up, opening its groups, and letting others recount."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_noop

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.text import clean
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.log import write_entry
from brygga.tools.perspectives.enums import PackageAccess
from brygga.tools.perspectives.models import PackageGrant, StatementRound
from brygga.tools.perspectives.queries.grants import hash_of

FIELDS = frozenset(
    {
        "question",
        "introduction",
        "opens_at",
        "closes_at",
        "moderation",
        "asks_importance",
        "residents_may_add",
        "results_shown",
        "answers_needed",
        "missing_voices",
        "attribution",
    }
)


class GroundIsMissingError(Exception):
    """Answers are given out on a ground: a named reviewer, or a decision and a check."""


@dataclass(frozen=True)
class Granted:
    grant: PackageGrant
    secret: str


@transaction.atomic
def create_round(
    *, dialogue: Dialogue, values: Mapping[str, Any], by: User, at: datetime
) -> StatementRound:
    statement_round = StatementRound(dialogue=dialogue, language=dialogue.language)
    _fill(statement_round, values)
    statement_round.save()
    record(action="perspectives.round_created", subject=statement_round, by=by, at=at)
    return statement_round


@transaction.atomic
def change_round(
    *,
    statement_round: StatementRound,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
) -> None:
    _fill(statement_round, values)
    statement_round.save(update_fields=sorted(values))
    record(
        action="perspectives.round_changed", subject=statement_round, by=by, at=at, fields=values
    )


@transaction.atomic
def open_groups(*, statement_round: StatementRound, reason: str, by: User, at: datetime) -> None:
    """Let residents see the groups and where they stand; why is kept in the process diary."""
    locked = StatementRound.objects.select_for_update().get(pk=statement_round.pk)
    if locked.groups_opened_at is not None:
        return
    locked.groups_opened_at = at
    locked.save(update_fields=["groups_opened_at"])
    _log(locked, gettext_noop("The groups of opinion were opened to the public"), reason, by, at)
    record(action="perspectives.groups_opened", subject=locked, by=by, at=at)


@transaction.atomic
def close_groups(*, statement_round: StatementRound, reason: str, by: User, at: datetime) -> None:
    locked = StatementRound.objects.select_for_update().get(pk=statement_round.pk)
    if locked.groups_opened_at is None:
        return
    locked.groups_opened_at = None
    locked.save(update_fields=["groups_opened_at"])
    _log(locked, gettext_noop("The groups of opinion were closed to the public"), reason, by, at)
    record(action="perspectives.groups_closed", subject=locked, by=by, at=at)


@transaction.atomic
def grant_to_reviewer(
    *,
    statement_round: StatementRound,
    reviewer_name: str,
    expires_at: datetime,
    by: User,
    at: datetime,
) -> Granted:
    """Let one named reviewer fetch the row-level package by a link that is shown only now."""
    name = clean(reviewer_name, limit=120).strip()
    if not name or expires_at <= at:
        raise GroundIsMissingError
    secret = secrets.token_urlsafe(24)
    grant = PackageGrant.objects.create(
        round=statement_round,
        access=PackageAccess.REVIEWER,
        reviewer_name=name,
        secret_hash=hash_of(secret),
        expires_at=expires_at,
        granted_by_id=by.pk,
        granted_at=at,
    )
    record(action="perspectives.package_granted", subject=grant, by=by, at=at)
    return Granted(grant, secret)


@transaction.atomic
def grant_to_public(
    *,
    statement_round: StatementRound,
    decision_dnr: str,
    check_note: str,
    by: User,
    at: datetime,
) -> PackageGrant:
    """Publish the row-level package by the owning body's decision, after a check of the risk."""
    dnr, note = clean(decision_dnr, limit=60).strip(), clean(check_note, limit=2_000).strip()
    if not (dnr and note):
        raise GroundIsMissingError
    grant = PackageGrant.objects.create(
        round=statement_round,
        access=PackageAccess.PUBLIC,
        decision_dnr=dnr,
        check_note=note,
        granted_by_id=by.pk,
        granted_at=at,
    )
    text = gettext_noop("Answers without names were published by a decision")
    _log(statement_round, text, f"{dnr}: {note}", by, at)
    record(action="perspectives.package_published", subject=grant, by=by, at=at)
    return grant


@transaction.atomic
def revoke_grant(*, grant: PackageGrant, by: User, at: datetime) -> None:
    PackageGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=at)
    record(action="perspectives.package_revoked", subject=grant, by=by, at=at)


def _fill(statement_round: StatementRound, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in FIELDS:
            raise ValueError(f"A round has no field {name} to set")
        setattr(statement_round, name, value)


def _log(statement_round: StatementRound, text: str, reason: str, by: User, at: datetime) -> None:
    """Write in the process diary, in the dialogue's own language."""
    with translation.override(statement_round.dialogue.language):
        write_entry(
            dialogue=statement_round.dialogue,
            kind=LogKind.CHOICE,
            text=translation.gettext(text),
            reason=clean(reason, limit=2_200).strip(),
            is_public=True,
            by=by,
            at=at,
        )
