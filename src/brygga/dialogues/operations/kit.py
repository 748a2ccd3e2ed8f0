"""Writing the texts of the invitation kit, and going back to what was suggested."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import KitText
from brygga.dialogues.models import Dialogue, InvitationText
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.queries.kit import suggestion_for


@transaction.atomic
def write_invitation(
    *,
    dialogue: Dialogue,
    kind: KitText,
    language: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    by: User,
    at: datetime,
) -> InvitationText | None:
    """Keep the team's own words; None where they are those suggested. May clash as any text."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    text = _find(dialogue, kind, language)
    if text is None:
        suggested = suggestion_for(dialogue, kind, language)
        text = InvitationText(
            dialogue=dialogue,
            kind=kind,
            language=language,
            heading=suggested.heading,
            text=suggested.text,
        )
    changed = apply_changes(text, before=before, after=after)
    if not changed:
        return text if text.pk else None
    text.written_at, text.written_by = at, by
    text.save()
    record(action="kit.write", subject=dialogue, by=by, at=at, fields=[kind.value, language])
    return text


@transaction.atomic
def forget_invitation(
    *, dialogue: Dialogue, kind: KitText, language: str, by: User, at: datetime
) -> None:
    """Go back to what is suggested."""
    text = _find(dialogue, kind, language)
    if text:
        text.delete()
        record(action="kit.reset", subject=dialogue, by=by, at=at, fields=[kind.value, language])


def _find(dialogue: Dialogue, kind: KitText, language: str) -> InvitationText | None:
    return (
        InvitationText.objects.select_for_update()
        .filter(dialogue=dialogue, kind=kind, language=language)
        .first()
    )
