"""Keeping a dialogue as a template, in versions, and retiring it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from brygga.accounts.models import Organisation, User
from brygga.core.audit.operations import record
from brygga.dialogues.models import Dialogue, DialogueTemplate
from brygga.dialogues.queries.content import content_of


class NothingChosenError(Exception):
    """A template holds at least one part."""


@transaction.atomic
def save_as_template(
    *, dialogue: Dialogue, name: str, parts: Collection[str], by: User, at: datetime
) -> DialogueTemplate:
    """Keep the chosen parts under a name; the same name again makes its next version."""
    held = {part: told for part, told in content_of(dialogue).items() if part in parts}
    if not held:
        raise NothingChosenError
    Organisation.objects.select_for_update().get(pk=dialogue.organisation_id)
    versions = DialogueTemplate.objects.filter(organisation=dialogue.organisation_id, name=name)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    versions.filter(retired_at=None).update(retired_at=at)
    template = DialogueTemplate.objects.create(
        organisation_id=dialogue.organisation_id,
        name=name,
        version=latest + 1,
        form=dialogue.form,
        content=held,
        from_dialogue=dialogue,
        created_at=at,
        created_by=by,
    )
    record(action="template.save", subject=template, by=by, at=at, fields=sorted(held))
    return template


@transaction.atomic
def retire_template(*, template: DialogueTemplate, by: User, at: datetime) -> None:
    """Offer a template no more; the dialogues that began with it stay as they are."""
    template = DialogueTemplate.objects.select_for_update().get(pk=template.pk)
    if template.retired_at:
        return
    template.retired_at = at
    template.save(update_fields=["retired_at"])
    record(action="template.retire", subject=template, by=by, at=at, fields=["retired_at"])
