"""A field for rich text: an editor where there is JavaScript, else a textarea with signs."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from brygga.core.richtext import plain, stored, written
from brygga.core.text import TextTooLongError, clean

_ROOM_FOR_MARKS = 4  # HTML that is longer than the limit this many times is not even read
_TOO_LONG_TO_READ = 200_000
_LABELS = {
    "tools": _("Format the text"),
    "bold": _("Bold"),
    "italic": _("Italics"),
    "heading": _("Heading"),
    "subheading": _("Smaller heading"),
    "bullets": _("List"),
    "numbers": _("Numbered list"),
    "quote": _("Quote"),
    "link": _("Link…"),
    "undo": _("Undo"),
    "redo": _("Redo"),
    "address": _("Address of the link"),
    "done": _("Set the link"),
}


class RichTextarea(forms.Textarea):
    """Shows what is stored as one would type it, and gives an editor its HTML."""

    template_name = "richtext/textarea.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = str(value or "")
        more = {
            "markup": text if len(text) > _TOO_LONG_TO_READ else stored(text),
            "labels": json.dumps({name: str(label) for name, label in _LABELS.items()}),
        }
        context["widget"] |= more
        return context

    def format_value(self, value: Any) -> str:
        text = str(value or "")
        return text if len(text) > _TOO_LONG_TO_READ else written(stored(text))


class RichText(forms.CharField):
    """Gives HTML to keep; `max_length` is that of the words."""

    widget = RichTextarea

    def __init__(self, *, max_length: int, rows: int = 10, **options: Any) -> None:
        self.limit = max_length
        super().__init__(**options)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return stored(clean(text, limit=self.limit * _ROOM_FOR_MARKS))
        except TextTooLongError as error:
            raise self._too_long() from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(plain(value)) > self.limit:
            raise self._too_long()

    def in_words(self, value: Any) -> str:
        """Say what the field holds, as in a message to somebody."""
        return plain(value or "")

    def _too_long(self) -> ValidationError:
        return ValidationError(
            ngettext(
                "Write at most %(limit)d character.",
                "Write at most %(limit)d characters.",
                self.limit,
            )
            % {"limit": self.limit},
            code="max_length",
        )
