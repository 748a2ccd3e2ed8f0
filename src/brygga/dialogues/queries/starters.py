"""What a new dialogue can begin with: the organisation's own templates, and Brygga's per form."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brygga.dialogues.enums import DialogueForm
from brygga.dialogues.models import DialogueTemplate
from brygga.dialogues.queries.content import Content


@dataclass(frozen=True)
class Starter:
    """A template as it is offered, and whose it is."""

    key: str
    name: str
    whose: str
    form: DialogueForm
    content: Content
    version: int = 1
    public_id: str = ""

    @property
    def holds(self) -> list[str]:
        labels = {"texts": _("Texts"), "mandate": _("Mandate"), "steps": _("Steps")}
        return [label for part, label in labels.items() if part in self.content]

    @property
    def initial(self) -> dict[str, str]:
        told = {"form": self.form.value}
        summary = self.content.get("texts", {}).get("summary", "")
        return told | ({"summary": summary} if summary else {})


def starters_for(organisations: Collection[int]) -> list[Starter]:
    return [*map(_own, templates_of(organisations)), *map(_standard, DialogueForm)]


def get_starter(key: str, organisations: Collection[int]) -> Starter | None:
    """Find what somebody wants to begin with; None where nothing was asked for."""
    if not key:
        return None
    if key in DialogueForm.values:
        return _standard(DialogueForm(key))
    return _own(get_template_for(organisations, key))


def get_template_for(organisations: Collection[int], public_id: str) -> DialogueTemplate:
    template = templates_of(organisations).filter(public_id=public_id).first()
    if template is None:
        raise Http404
    return template


def templates_of(organisations: Collection[int]) -> QuerySet[DialogueTemplate]:
    return (
        DialogueTemplate.objects.filter(organisation__in=organisations, retired_at=None)
        .select_related("organisation")
        .order_by("organisation__sort_key", "name", "pk")
    )


def _own(row: DialogueTemplate) -> Starter:
    return Starter(
        key=row.public_id,
        name=row.name,
        whose=row.organisation.name,
        form=DialogueForm(row.form),
        content=row.content,
        version=row.version,
        public_id=row.public_id,
    )


def _standard(form: DialogueForm) -> Starter:
    told = _read(form)
    return Starter(
        key=form.value,
        name=told["name_en" if get_language() == "en" else "name_sv"],
        whose=_("Brygga's own"),
        form=form,
        content={part: told[part] for part in ("mandate", "steps") if part in told},
    )


@cache
def _read(form: DialogueForm) -> Content:
    source = files("brygga.dialogues").joinpath("starters", f"{form.value}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
