"""Beginning a new dialogue from an earlier one, or from a template."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import Organisation, User
from brygga.core.audit.operations import record
from brygga.dialogues.enums import DialogueForm, PlaceKind, Visibility
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations import content, copying_plan
from brygga.dialogues.operations.dialogues import NewDialogue, link_to_earlier, open_dialogue
from brygga.dialogues.queries import copying as shown
from brygga.dialogues.queries import copying_plan as planned
from brygga.dialogues.queries.content import Content
from brygga.dialogues.registry import Copier, Copying, registry
from brygga.dialogues.rules import Permission

COPIERS = (
    Copier("texts", _("Background"), shown.preview_texts, content.copy_texts),
    Copier("mandate", _("Mandate"), shown.preview_mandate, content.copy_mandate),
    Copier("steps", _("Texts and criteria of the steps"), shown.preview_steps, content.copy_steps),
    Copier("kit", _("Invitation"), shown.preview_kit, content.copy_kit),
    Copier("actors", _("Actor map"), planned.preview_actors, copying_plan.copy_actors),
    Copier(
        "contacts",
        _("Contacts of the actors: names and how they are reached"),
        planned.preview_contacts,
        copying_plan.copy_contacts,
        needs=Permission.MAP_ACTORS,
        along_with="actors",
        is_personal=True,
    ),
    Copier(
        "plan",
        _("Plan and communication plan"),
        planned.preview_plan,
        copying_plan.copy_plan,
        needs_first_day=True,
    ),
)


class PersonalDataStaysError(Exception):
    """Names of people are not taken along to an organisation that does not own the dialogue."""


class NoFirstDayError(Exception):
    """A plan is copied relative to a first day."""


@transaction.atomic
def copy_dialogue(
    *,
    source: Dialogue,
    organisation: Organisation,
    title: str,
    parts: Collection[str],
    first_day: date | None = None,
    client_key: str | None = None,
    by: User,
    at: datetime,
) -> Dialogue:
    """Open a draft with the chosen parts of an earlier dialogue; the same form makes one draft.

    Words and structure come along; voices, results and promises given do not, and people only
    where somebody has chosen the contacts. The plan moves to its new first day.
    """
    if done := _already_opened(client_key, by):
        return done
    chosen = [copier for copier in registry.copiers.values() if copier.name in parts]
    if any(copier.is_personal for copier in chosen) and not shown.owns(organisation, source):
        raise PersonalDataStaysError
    if first_day is None and any(copier.needs_first_day for copier in chosen):
        raise NoFirstDayError
    draft = open_dialogue(
        organisation=organisation,
        new=_as_new(source, organisation, title, client_key),
        by=by,
        at=at,
    )
    copying = Copying(source=source, draft=draft, by=by, at=at, first_day=first_day)
    for copier in chosen:
        copier.copy(copying)
    with override(source.language):
        how = gettext("Copied from it")
    link_to_earlier(dialogue=draft, earlier=source, how=how, by=by, at=at)
    record(action="dialogue.copy", subject=draft, by=by, at=at, fields=sorted(parts))
    return draft


@transaction.atomic
def open_from_template(
    *, organisation: Organisation, new: NewDialogue, template: Content, by: User, at: datetime
) -> Dialogue:
    """Open a draft that a template has filled; what the person has typed stays."""
    if done := _already_opened(new.client_key, by):
        return done
    background = new.background or template.get("texts", {}).get("background", "")
    draft = open_dialogue(
        organisation=organisation, new=replace(new, background=background), by=by, at=at
    )
    content.fill_mandate(draft, template.get("mandate", {}))
    content.fill_steps(draft, template.get("steps", {}))
    return draft


def _already_opened(client_key: str | None, by: User) -> Dialogue | None:
    """Let one person's forms through one after the other, and find what the form has made."""
    User.objects.select_for_update().get(pk=by.pk)
    return Dialogue.objects.filter(client_key=client_key).first() if client_key else None


def _as_new(
    source: Dialogue, organisation: Organisation, title: str, client_key: str | None
) -> NewDialogue:
    return NewDialogue(
        title=title,
        summary=source.summary,
        form=DialogueForm(source.form),
        visibility=Visibility(source.visibility),
        language=source.language,
        place_kind=PlaceKind(source.place_kind),
        place_name=source.place_name,
        latitude=source.latitude,
        longitude=source.longitude,
        bodies=source.bodies.filter(organisation=organisation),
        themes=source.themes.all(),
        client_key=client_key,
    )
