"""Opening a dialogue and writing what it says about itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from brygga.accounts.models import Body, Organisation, User
from brygga.core import richtext
from brygga.core.audit.operations import record
from brygga.core.search import trigrams_of
from brygga.core.text import sort_key
from brygga.dialogues.enums import DialogueForm, PlaceKind, TeamRole, Visibility
from brygga.dialogues.models import Dialogue, DialogueLink, Mandate, Theme
from brygga.dialogues.operations.changes import apply_changes
from brygga.dialogues.operations.once import create_once
from brygga.dialogues.operations.steps import create_steps
from brygga.dialogues.operations.team import add_member
from brygga.dialogues.queries.start_check import feeds_kind_for
from brygga.dialogues.queries.templates import step_templates


class SameDialogueError(Exception):
    """A dialogue cannot build on itself."""


@dataclass(frozen=True)
class NewDialogue:
    """What a dialogue is opened with; the rest is written in the workspace."""

    title: str
    summary: str
    form: DialogueForm
    visibility: Visibility = Visibility.PUBLIC
    background: str = ""
    language: str = "sv"
    place_kind: PlaceKind = PlaceKind.MUNICIPALITY
    place_name: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    notice: str = ""
    bodies: Iterable[Body] = ()
    themes: Iterable[Theme] = ()
    client_key: str | None = None


@transaction.atomic
def open_dialogue(
    *, organisation: Organisation, new: NewDialogue, by: User, at: datetime
) -> Dialogue:
    """Open a draft with its steps, checklists, an empty mandate, and `by` as process leader.

    With a client key, the same form sent twice opens one dialogue.
    """
    dialogue, is_new = _get_or_create(organisation, new, at)
    if not is_new:
        return dialogue
    dialogue.bodies.set(new.bodies)
    dialogue.themes.set(new.themes)
    Mandate.objects.create(dialogue=dialogue, feeds=feeds_kind_for(new.form, new.visibility))
    create_steps(dialogue, step_templates(new.form), round_number=1, here=0, on=localdate(at))
    add_member(
        dialogue=dialogue,
        user=by,
        role=TeamRole.PROCESS_LEADER,
        starts_on=localdate(at),
        by=by,
        at=at,
    )
    record(action="dialogue.open", subject=dialogue, by=by, at=at)
    return dialogue


@transaction.atomic
def edit_dialogue(
    *,
    dialogue: Dialogue,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    bodies: Iterable[Body],
    themes: Iterable[Theme],
    by: User,
    at: datetime,
    offered: Iterable[Body] | None = None,
) -> Dialogue:
    """Change what the dialogue says about itself. Raises EditConflictError on a clash.

    Of the owning bodies only those `offered` for choice change; others own it by their own yes.
    """
    dialogue = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    changed = apply_changes(dialogue, before=before, after=after)
    if "title" in changed:
        dialogue.sort_key = sort_key(dialogue.title)
        dialogue.slug = slug_for(dialogue.title)
    dialogue.search_trigrams = trigrams_of(dialogue.title, dialogue.place_name)
    dialogue.version += 1
    dialogue.save()
    dialogue.bodies.set([*bodies, *_not_among(offered, dialogue)])
    dialogue.themes.set(themes)
    fields = [*changed, "bodies", "themes"]
    record(action="dialogue.edit", subject=dialogue, by=by, at=at, fields=fields)
    return dialogue


@transaction.atomic
def link_to_earlier(
    *, dialogue: Dialogue, earlier: Dialogue, how: str = "", by: User, at: datetime
) -> DialogueLink:
    if dialogue.pk == earlier.pk:
        raise SameDialogueError
    link, is_new = DialogueLink.objects.get_or_create(
        dialogue=dialogue, earlier=earlier, defaults={"how": how}
    )
    if is_new:
        record(action="dialogue.link", subject=dialogue, by=by, at=at, fields=["earlier"])
    return link


def _not_among(offered: Iterable[Body] | None, dialogue: Dialogue) -> Iterable[Body]:
    return () if offered is None else dialogue.bodies.exclude(pk__in=[each.pk for each in offered])


def slug_for(title: str) -> str:
    """Make a readable part of an address; a title in another alphabet has none."""
    return slugify(title)[:80].strip("-") or "dialog"


def _get_or_create(
    organisation: Organisation, new: NewDialogue, at: datetime
) -> tuple[Dialogue, bool]:
    fields = {
        "organisation": organisation,
        "slug": slug_for(new.title),
        "title": new.title,
        "sort_key": sort_key(new.title),
        "summary": new.summary,
        "background": richtext.stored(new.background),
        "language": new.language,
        "form": new.form,
        "visibility": new.visibility,
        "place_kind": new.place_kind,
        "place_name": new.place_name,
        "latitude": new.latitude,
        "longitude": new.longitude,
        "notice": new.notice,
        "created_at": at,
        "search_trigrams": trigrams_of(new.title, new.place_name),
    }
    return create_once(Dialogue.objects, new.client_key, **fields)
