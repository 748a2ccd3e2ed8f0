"""Forms that two people may have open at once."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from brygga.core.richtext.forms import RichText
from brygga.dialogues.operations.changes import Clash


class MergingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """Remembers what each field held when the form was shown, in hidden fields beside them.

    `before` and `after` are what the operation needs to keep both people's changes.
    """

    not_merged: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in self.not_merged

    @property
    def before(self) -> dict[str, Any]:
        return {name: self._shown(name) for name in self._merged()}

    @property
    def after(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._merged()}

    def shown_fields(self) -> list[SafeString]:
        """Give the hidden fields anew, for htmx to put in place of the ones on the page."""
        return [
            self[name].as_widget(
                self.fields[name].hidden_widget(), {"hx-swap-oob": "true"}, only_initial=True
            )
            for name in self._merged()
        ]

    def show_clashes(self, clashes: list[Clash]) -> None:
        """Keep what was typed, show the other's text beside it, and let the next save win."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for clash in clashes:
            theirs = self[clash.field].field.prepare_value(clash.theirs)
            shown = self._in_words(clash)
            self.add_error(
                clash.field,
                _(
                    "Somebody else changed this while you wrote. It now says: “%(theirs)s”. "
                    "Save again to keep your text instead."
                )
                % {"theirs": shown},
            )
            data[self[clash.field].html_initial_name] = "" if theirs is None else str(theirs)
        self.data = data

    def _merged(self) -> list[str]:
        return [name for name in self.fields if name not in self.not_merged]

    def _shown(self, name: str) -> Any:
        """Read what the field held when the form was shown; unreadable counts as empty."""
        bound = self[name]
        raw = bound.form.data.get(bound.html_initial_name, "")
        try:
            return bound.field.clean(raw)
        except ValidationError:
            return bound.field.to_python("")

    def _in_words(self, clash: Clash) -> str:
        if clash.theirs in (None, ""):
            return _("nothing")
        field = self[clash.field].field
        if isinstance(field, RichText):
            return field.in_words(clash.theirs)
        choices = dict(getattr(field, "choices", None) or ())
        label = choices.get(clash.theirs) or choices.get(str(clash.theirs))
        return str(label or clash.theirs)
