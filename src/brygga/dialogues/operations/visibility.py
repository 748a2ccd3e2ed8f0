"""Showing an internal dialogue to everybody, or the other way round, before anybody has spoken."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import LogKind, Visibility
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.log import write_entry
from brygga.dialogues.operations.mandate import refuse_if_it_breaks
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.start_check import feeds_kind_for
from brygga.dialogues.queries.visibility import has_been_spoken_in


class SomebodyHasSpokenError(Exception):
    """People spoke to those who could hear them then; that circle is not changed behind them."""


@transaction.atomic
def change_visibility(
    *,
    dialogue: Dialogue,
    visibility: Visibility,
    reason: str,
    body: Body | None = None,
    manager: str = "",
    by: User,
    at: datetime,
) -> Dialogue:
    """Change for whom a dialogue is, with a reason; `body` or `manager` will use the answers.

    Raises MandateBreaksError when a published dialogue's mandate does not hold for its new readers.
    """
    if not reason:
        raise ReasonMissingError
    dialogue = (
        Dialogue.objects.select_for_update(of=("self",))
        .select_related("mandate")
        .get(pk=dialogue.pk)
    )
    if dialogue.visibility == visibility:
        return dialogue
    if has_been_spoken_in(dialogue):
        raise SomebodyHasSpokenError
    dialogue.visibility = visibility
    dialogue.version += 1
    dialogue.save(update_fields=["visibility", "version"])
    _let_be_used_by(dialogue, body, manager, at)
    _tell(dialogue, visibility, reason, by, at)
    record(action="dialogue.visibility", subject=dialogue, by=by, at=at, fields=["visibility"])
    return dialogue


def _let_be_used_by(dialogue: Dialogue, body: Body | None, manager: str, at: datetime) -> None:
    """Name who will use the answers now; a published dialogue's mandate must still hold."""
    mandate = dialogue.mandate
    mandate.feeds = feeds_kind_for(dialogue.form, dialogue.visibility)
    mandate.feeds_body = body or mandate.feeds_body
    mandate.start_body = mandate.start_body or body
    mandate.feeds_manager = manager or mandate.feeds_manager
    refuse_if_it_breaks(dialogue, mandate, at=at)
    mandate.version += 1
    mandate.save()


def _tell(dialogue: Dialogue, visibility: Visibility, reason: str, by: User, at: datetime) -> None:
    with override(dialogue.language):
        text = gettext("Now for: %(whom)s") % {"whom": visibility.label}
    write_entry(
        dialogue=dialogue,
        kind=LogKind.VISIBILITY,
        text=text,
        reason=reason,
        is_public=True,
        by=by,
        at=at,
    )
