"""A body stops owning a dialogue together with others; either side can end it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.mail.operations import queue_message
from brygga.dialogues.enums import LogKind
from brygga.dialogues.models import Dialogue, ProcessLogEntry
from brygga.dialogues.operations.handovers import KIND
from brygga.dialogues.operations.leaving import end_places
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.joint_ending import places_that_end, who_is_told
from brygga.dialogues.rules import OPEN


class LastOwnerError(Exception):
    """A dialogue that a body owns is always owned by some body."""


class EndedAlreadyError(Exception):
    """The body does not own the dialogue any more."""


class BodyDecidesError(Exception):
    """The mandate says that this body decides; somebody else has to be named first."""


@transaction.atomic
def end_ownership(
    *, dialogue: Dialogue, body: Body, reason: str, by: User, at: datetime
) -> ProcessLogEntry:
    """Let a body stop owning the dialogue; its people lose what they could do there, at once.

    What it has decided and promised stays, and so does the diary, where everybody reads the reason.
    """
    if not reason:
        raise ReasonMissingError
    dialogue = (
        Dialogue.objects.select_for_update(of=("self",))
        .select_related("mandate")
        .get(pk=dialogue.pk)
    )
    today, owning = localdate(at), list(dialogue.bodies.select_related("organisation"))
    if body not in owning:
        raise EndedAlreadyError
    if dialogue.state not in OPEN:
        raise WrongStateError
    if len(owning) == 1:
        raise LastOwnerError
    if dialogue.mandate.feeds_body_id == body.pk:
        raise BodyDecidesError
    told = who_is_told(dialogue, owning, on=today)
    end_places(places_that_end(dialogue, body, on=today), by=by, at=at)
    dialogue.bodies.remove(body)
    record(action="dialogue.leave", subject=dialogue, by=by, at=at, fields=["bodies"])
    entry = _note(dialogue, body, reason, by, at)
    _tell(dialogue, body, entry, (user for user in told if user != by))
    return entry


def _note(dialogue: Dialogue, body: Body, reason: str, by: User, at: datetime) -> ProcessLogEntry:
    with override(dialogue.language):
        text = gettext("%(body)s no longer owns the dialogue") % {"body": _named(body)}
    return write_entry(
        dialogue=dialogue,
        kind=LogKind.JOINT,
        text=text,
        reason=reason,
        is_public=True,
        by=by,
        at=at,
    )


def _tell(dialogue: Dialogue, body: Body, entry: ProcessLogEntry, users: Iterable[User]) -> None:
    diary = reverse("dialogues:log", args=[dialogue.public_id])
    for user in users:
        queue_message(
            key=f"joint_ended:{dialogue.public_id}:{entry.pk}:{user.pk}",
            kind=KIND,
            recipient=user.email,
            language=user.language,
            template="dialogues/mail/joint_ended",
            context={
                "dialogue": dialogue.title,
                "body": _named(body),
                "reason": entry.reason,
                "url": f"{settings.BRYGGA_ADDRESS}{diary}",
            },
            due_at=entry.at,
            at=entry.at,
        )


def _named(body: Body) -> str:
    return f"{body} ({body.organisation})"
