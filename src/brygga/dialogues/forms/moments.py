"""Moments as a clock on a wall in Sweden tells them."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.core.calendar import NoSuchTimeError, to_swedish, to_utc

WRITTEN = "%Y-%m-%dT%H:%M"
READ = (WRITTEN, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S")
EARLIEST, LATEST = 2000, 2200


class MomentField(forms.DateTimeField):
    """A day and a time in Swedish time, kept in UTC.

    Of the hour that comes twice in the autumn the first is meant; the one that is left out in the
    spring is refused.
    """

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=WRITTEN, attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=READ, **options)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime) and value.tzinfo:
            return value.astimezone(UTC)
        try:
            typed = next(filter(None, (_read(str(value), form) for form in READ)))
        except StopIteration:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not EARLIEST <= typed.year < LATEST:
            raise ValidationError(_("That year is too far away."), code="far")
        try:
            return to_utc(typed.date(), typed.time())
        except NoSuchTimeError:
            raise ValidationError(
                _("The clocks go forward that night: there is no such time."), code="gap"
            ) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and value.tzinfo:
            return to_swedish(value).replace(tzinfo=None)
        return value


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a clock on a wall has no zone
    except ValueError:
        return None
