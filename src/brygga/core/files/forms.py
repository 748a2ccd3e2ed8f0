"""A field for a file, and the two fields that a picture needs besides."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from brygga.core.files.enums import Kind
from brygga.core.files.names import safe_name
from brygga.core.files.operations import Checked
from brygga.core.files.pictures import draw_anew
from brygga.core.files.types import ALL_TYPES, FileRefusedError, MediaType, tell_type
from brygga.core.text import TextTooLongError, clean

LONGEST_ALTERNATIVE = 300


class FileInput(forms.FileInput):
    """The browser's own; a file can be dropped on it, and with JavaScript anywhere around it."""

    template_name = "files/input.html"


class CheckedFile(forms.FileField):
    """Gives the file as its content is; pictures are drawn anew, without what a camera adds."""

    widget = FileInput

    def __init__(self, *, accepts: Iterable[MediaType] = ALL_TYPES, **options: Any) -> None:
        self.accepts = tuple(accepts)
        super().__init__(**options)
        endings = {kind.ending for kind in self.accepts}
        self.widget.attrs["accept"] = ",".join(sorted(endings))

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return check_upload(upload, self.accepts) if isinstance(upload, UploadedFile) else None

    def to_python(self, data: Any) -> Any:
        if data is not None and not data.name:
            data.name = "-"
        return super().to_python(data)


def check_upload(upload: "UploadedFile[Any]", accepts: tuple[MediaType, ...]) -> Checked:
    """Tell what was sent by its content. Raises ValidationError where it is not to be kept."""
    limit = settings.BRYGGA_FILE_BYTES
    if (upload.size or 0) > limit:
        raise ValidationError(
            _("The file is larger than %(limit)s.") % {"limit": filesizeformat(limit)},
            code="too_large",
        )
    assert upload.file is not None
    try:
        kind = tell_type(upload.file, accepts)
        name = safe_name(upload.name or "", kind)
        if kind.kind != Kind.PICTURE:
            return Checked(upload.file, kind, name, upload.size or 0)
        drawn = draw_anew(upload.file, kind)
    except FileRefusedError as error:
        raise ValidationError(str(error.reason), code="refused") from error
    content = BytesIO(drawn.content)
    return Checked(content, kind, name, len(drawn.content), drawn.width, drawn.height)


class AlternativeMixin(forms.Form):
    """A picture needs words for those who do not see it, or a note that it says nothing."""

    alternative = forms.CharField(
        label=_("What the picture shows"),
        max_length=LONGEST_ALTERNATIVE,
        required=False,
        help_text=_("Only for a picture. It is read to those who do not see it."),
    )
    is_decorative = forms.BooleanField(
        label=_("The picture only decorates and says nothing"), required=False
    )

    def clean_alternative(self) -> str:
        try:
            words = clean(self.cleaned_data["alternative"], limit=LONGEST_ALTERNATIVE)
        except TextTooLongError as error:
            raise ValidationError(_("Write fewer words."), code="max_length") from error
        return " ".join(words.split())

    def ask_for_alternative(self) -> None:
        """Called by `clean` where the file is a picture."""
        data = self.cleaned_data
        if data.get("is_decorative"):
            data["alternative"] = ""
        elif not data.get("alternative") and "alternative" not in self.errors:
            self.add_error(
                "alternative",
                ValidationError(
                    _("Say what the picture shows, or that it only decorates."), code="required"
                ),
            )
