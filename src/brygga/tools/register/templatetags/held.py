"""What is held of a person, in words: the file has names for machines, the page for people."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brygga.core.ui.templatetags.ui import own_language_name

register = template.Library()
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?")
NAMES: dict[str, str | Promise] = {
    "address": _("E-mail address"),
    "answer": _("Answer"),
    "asked": _("Asked"),
    "at": _("When"),
    "before_masking": _("As you wrote it, before words were masked"),
    "contributions": _("Contributions"),
    "device": _("Device"),
    "dialogue": _("Dialogue"),
    "form": _("Form"),
    "from": _("From"),
    "ground": _("Ground"),
    "group": _("Group"),
    "identified": _("You have shown by e-ID who you are"),
    "identity": _("How we knew you"),
    "important": _("Important to me"),
    "invited": _("Invited"),
    "joined": _("Joined"),
    "kind": _("Kind"),
    "known_as": _("Known there as"),
    "language": _("Language"),
    "last_day": _("Last day"),
    "map": _("Map"),
    "moderation": _("Moderation"),
    "name": _("Name"),
    "number": _("Number"),
    "organisation": _("Organisation"),
    "page": _("Page"),
    "perspectives": _("Answers to statements"),
    "place": _("Place"),
    "places_on_maps": _("Where you stand on maps of opinions"),
    "reason": _("Reason"),
    "received": _("Received"),
    "role": _("Role"),
    "roles": _("Roles"),
    "saved": _("Saved"),
    "signed_in": _("Signed in"),
    "state": _("State"),
    "statement": _("Statement"),
    "statements": _("Statements"),
    "step": _("What happened"),
    "subject": _("Subject"),
    "text": _("Text"),
    "to": _("Became"),
    "told": _("What the login told us"),
    "value": _("Answer"),
    "votes": _("Answers"),
    "words": _("Words"),
    "x": "x",
    "y": "y",
}
ANSWERS: dict[object, str | Promise] = {1: _("Agree"), 0: _("Pass"), -1: _("Disagree")}


@register.filter
def held_name(name: str) -> str | Promise:
    """Call a part of what is held by its name; a field of a draft only has its own."""
    return NAMES.get(name, name.replace("_", " "))


@register.filter
def held_rows(value: object) -> list[Mapping[str, Any]]:
    """Give what has parts of its own, row by row; nothing where the value is one word."""
    if isinstance(value, Mapping):
        inner = list(value.values())
        return held_rows(inner[0]) if len(inner) == 1 else [value]
    if isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
        return value
    return []


@register.filter
def held_text(value: object, name: str) -> str:
    if name == "value" and value in ANSWERS:
        return str(ANSWERS[value])
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if name == "language":
        return own_language_name(str(value)).capitalize()
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return day_and_time(value)
    return str(value)


def day_and_time(text: str) -> str:
    if "T" not in text:
        return date_format(date.fromisoformat(text))
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")
