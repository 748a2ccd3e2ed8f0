"""Fields for what people type: cleaned of what breaks or reorders text, never cut short."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from brygga.core.text import TextTooLongError, clean


class PlainText(forms.CharField):
    """Text in several lines."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(self, *, max_length: int, rows: int = 4, **options: Any) -> None:
        self.limit = max_length
        super().__init__(max_length=max_length, **options)
        assert isinstance(self.widget, forms.Widget)
        self.widget.attrs.setdefault("rows", rows)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return clean(text, limit=self.limit).strip()
        except TextTooLongError:
            return text  # the validator of the length says so


class PlainLine(PlainText):
    """Text in one line."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **options)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not yet answered."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[("True", _("Yes")), ("False", _("No")), ("", _("Not decided yet"))],
            coerce=lambda value: value in ("True", True),
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> str:
        return "" if value is None else str(value)


class LevelField(forms.TypedChoiceField):
    """A level of the ladder of participation, as a number or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **options)
