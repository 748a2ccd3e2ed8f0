"""Handing in a dialogue's documents."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from brygga.core.files.enums import Kind
from brygga.core.files.forms import AlternativeMixin, CheckedFile
from brygga.core.files.operations import Checked
from brygga.core.once import OnceForm
from brygga.dialogues.enums import DocumentKind
from brygga.dialogues.forms.fields import PlainLine
from brygga.dialogues.models import Document
from brygga.dialogues.operations.documents import DocumentFacts, NewDocument

ROWS = 3  # documents that can be handed in at once
TITLE_LENGTH = 140


class DocumentForm(AlternativeMixin):
    """What every document has. Without a title it is called what its file is called."""

    file = CheckedFile(label=_("File"))
    title = PlainLine(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("Left empty, the name of the file is shown."),
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=DocumentKind.choices)
    language = forms.ChoiceField(label=_("Language of the document"), choices=settings.LANGUAGES)
    is_public = forms.BooleanField(label=_("Show it on the dialogue's public page"), required=False)
    field_order = (
        "file",
        "title",
        "alternative",
        "is_decorative",
        "kind",
        "language",
        "is_public",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.holds_picture():
            self.ask_for_alternative()
        return cleaned

    def holds_picture(self) -> bool:
        checked = self.checked
        return checked is not None and checked.kind.kind == Kind.PICTURE

    @property
    def checked(self) -> Checked | None:
        return self.cleaned_data.get("file")

    def facts(self, otherwise_called: str = "") -> DocumentFacts:
        data = self.cleaned_data
        is_picture = self.holds_picture()
        return DocumentFacts(
            title=data["title"] or otherwise_called[:TITLE_LENGTH],
            kind=DocumentKind(data["kind"]),
            language=data["language"],
            is_public=data["is_public"],
            alternative=data["alternative"] if is_picture else "",
            is_decorative=is_picture and data["is_decorative"],
        )


class RowForm(DocumentForm):
    """One of several that may be left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.checked and not self.errors and (cleaned["title"] or cleaned["alternative"]):
            self.add_error("file", ValidationError(_("Choose a file."), code="required"))
        return cleaned


class NewDocumentsForm(OnceForm):
    """Several documents at once; those left empty are not added."""

    def __init__(self, data: Any = None, files: Any = None, *, language: str = "sv") -> None:
        super().__init__(data)
        told = {"language": language, "kind": DocumentKind.BASIS}
        self.rows = [
            RowForm(data, files, prefix=f"document_{number}", initial=told)
            for number in range(1, ROWS + 1)
        ]

    def is_valid(self) -> bool:
        rows_are_valid = not sum(not row.is_valid() for row in self.rows)  # all are asked
        if rows_are_valid and self.is_bound and not any(row.checked for row in self.rows):
            self.rows[0].add_error("file", ValidationError(_("Choose a file."), code="required"))
            return False
        return rows_are_valid and super().is_valid()

    def new(self) -> list[NewDocument]:
        return [
            NewDocument(
                facts=row.facts(otherwise_called=row.checked.name),
                checked=row.checked,
                client_key=self.key and f"{self.key}-{number}",
            )
            for number, row in enumerate(self.rows, 1)
            if row.checked
        ]


class ChangeDocumentForm(DocumentForm):
    """A document that is there: another file may take the place of its own."""

    def __init__(self, data: Any = None, files: Any = None, *, document: Document) -> None:
        self.document = document
        super().__init__(
            data,
            files,
            initial={
                "title": document.title,
                "kind": document.kind,
                "language": document.language,
                "is_public": document.is_public,
                "alternative": document.file.alternative,
                "is_decorative": document.file.is_decorative,
            },
        )
        self.fields["file"].required = False
        self.fields["file"].label = _("Another file in its place")
        self.fields["title"].required = True
        self.fields["title"].help_text = ""

    def holds_picture(self) -> bool:
        return super().holds_picture() if self.checked else self.document.file.is_picture
