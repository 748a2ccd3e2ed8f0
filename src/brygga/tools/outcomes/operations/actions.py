"""Measures and commitments: who does what by when, and how it goes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.http.public_ids import new_public_id
from brygga.core.text import clean
from brygga.dialogues.models import Dialogue
from brygga.tools.outcomes.enums import ActionKind, ActionState
from brygga.tools.outcomes.models import Action, ActionUpdate, Decision, Proposal
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ForeignRowError,
    ReasonMissingError,
)
from brygga.tools.outcomes.operations.letters import tell_of_update
from brygga.tools.outcomes.queries.follow_up import open_actions_of


@dataclass(frozen=True)
class Deed:
    """Who does what by when. `who` is written out; a body or an account may stand behind it."""

    kind: ActionKind
    what: str
    who: str
    due_on: date
    proposal: Proposal | None = None
    decision: Decision | None = None
    body: Body | None = None
    owner: User | None = None


@transaction.atomic
def record_action(
    *, dialogue: Dialogue, deed: Deed, by: User, at: datetime, client_key: str | None = None
) -> Action:
    """Write down a measure or commitment; the same form sent twice makes one."""
    _refuse_foreign(dialogue.pk, deed)
    action, is_new = Action.objects.get_or_create(
        dialogue=dialogue,
        client_key=client_key or new_public_id(),
        defaults={**_fields(deed), "created_at": at},
    )
    if is_new:
        record(action="action.record", subject=action, by=by, at=at)
    return action


@transaction.atomic
def edit_action(*, action: Action, deed: Deed, by: User, at: datetime) -> Action:
    """Rewrite what is not public yet; afterwards it is only followed up, in public."""
    action = _lock(action)
    if action.is_public:
        raise AlreadyPublishedError
    _refuse_foreign(action.dialogue_id, deed)
    for name, value in _fields(deed).items():
        setattr(action, name, value)
    action.save()
    record(action="action.edit", subject=action, by=by, at=at, fields=_fields(deed))
    return action


@transaction.atomic
def publish_action(*, action: Action, by: User, at: datetime) -> Action:
    action = _lock(action)
    if action.is_public:
        return action
    action.is_public = True
    action.save(update_fields=["is_public"])
    record(action="action.publish", subject=action, by=by, at=at, fields=["is_public"])
    return action


@transaction.atomic
def update_action(
    *,
    action: Action,
    state: ActionState,
    text: str,
    by: User,
    at: datetime,
    due_on: date | None = None,
    client_key: str | None = None,
) -> ActionUpdate:
    """Tell how it goes. What everybody may read is also told to those who follow."""
    text = clean(text, limit=2_000).strip()
    if not text:
        raise ReasonMissingError
    action = _lock(action)
    update, is_new = ActionUpdate.objects.get_or_create(
        action=action,
        client_key=client_key or new_public_id(),
        defaults={"state": state, "text": text, "due_on": due_on, "at": at, "by": by},
    )
    if not is_new:
        return update
    action.state = state
    action.due_on = due_on or action.due_on
    action.save(update_fields=["state", "due_on"])
    record(action="action.update", subject=action, by=by, at=at, fields=["state", "due_on"])
    if action.is_public:
        tell_of_update(update, at=at)
    return update


def _fields(deed: Deed) -> dict[str, object]:
    return {
        "kind": deed.kind,
        "what": deed.what,
        "who": deed.who,
        "due_on": deed.due_on,
        "proposal": deed.proposal,
        "decision": deed.decision,
        "body": deed.body,
        "owner": deed.owner,
    }


def _lock(action: Action) -> Action:
    locked = Action.objects.select_for_update(of=("self",)).select_related("dialogue")
    return locked.get(pk=action.pk)


def _refuse_foreign(dialogue_id: int, deed: Deed) -> None:
    if any(row and row.dialogue_id != dialogue_id for row in (deed.proposal, deed.decision)):
        raise ForeignRowError


def hand_over_actions(
    *, dialogue: Dialogue, leaver: AbstractBaseUser, successor: User, by: User, at: datetime
) -> None:
    """Let the successor answer for the measures that the leaver answered for."""
    for action in open_actions_of(dialogue, leaver).select_for_update(of=("self",)):
        action.owner = successor
        action.save(update_fields=["owner"])
        record(action="action.hand_over", subject=action, by=by, at=at, fields=["owner"])
