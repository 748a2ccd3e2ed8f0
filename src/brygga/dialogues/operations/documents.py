"""Adding, replacing and removing a dialogue's documents."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.files.models import StoredFile
from brygga.core.files.operations import Checked, describe_file, keep_file, remove_file
from brygga.dialogues.enums import DocumentKind
from brygga.dialogues.models import Dialogue, Document
from brygga.dialogues.models.document import OWNER_KIND


class DocumentGoneError(Exception):
    """Somebody else has removed the document meanwhile."""


@dataclass(frozen=True)
class DocumentFacts:
    """What is said of a document, and of a picture in it."""

    title: str
    kind: DocumentKind
    language: str
    is_public: bool
    alternative: str = ""
    is_decorative: bool = False


@dataclass(frozen=True)
class NewDocument:
    facts: DocumentFacts
    checked: Checked
    client_key: str | None = None


@transaction.atomic
def add_documents(
    *, dialogue: Dialogue, new: list[NewDocument], by: User | None, at: datetime
) -> list[Document]:
    """Add all or none. With client keys, the same form sent twice adds them once."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    return [_add(dialogue, each, by, at) for each in new]


@transaction.atomic
def change_document(
    *, document: Document, facts: DocumentFacts, checked: Checked | None, by: User, at: datetime
) -> Document:
    """Change what is said of a document and, with another file, put that in place of its own."""
    locked = _locked(document)
    changed = [name for name in _OF_ROW if getattr(locked, name) != getattr(facts, name)]
    for name in changed:
        setattr(locked, name, getattr(facts, name))
    before = locked.file
    if checked:
        locked.file = _keep(checked, facts, by, at)
        changed.append("file")
    elif before.is_picture:
        describe_file(file=before, alternative=facts.alternative, is_decorative=facts.is_decorative)
        changed.append("alternative")
    locked.save()
    if checked:
        remove_file(file=before)
    record(action="document.change", subject=locked, by=by, at=at, fields=changed)
    return locked


@transaction.atomic
def remove_document(*, document: Document, by: User, at: datetime) -> None:
    """Take the document and its file away, for good."""
    locked = _locked(document)
    record(action="document.remove", subject=locked, by=by, at=at)
    file = locked.file
    locked.delete()
    remove_file(file=file)


_OF_ROW = ("title", "kind", "language", "is_public")


def _add(dialogue: Dialogue, new: NewDocument, by: User | None, at: datetime) -> Document:
    if new.client_key:
        existing = Document.objects.filter(client_key=new.client_key).first()
        if existing:
            return existing
    document = Document.objects.create(
        dialogue=dialogue,
        file=_keep(new.checked, new.facts, by, at),
        added_at=at,
        client_key=new.client_key,
        **{name: getattr(new.facts, name) for name in _OF_ROW},
    )
    record(action="document.add", subject=document, by=by, at=at)
    return document


def _keep(checked: Checked, facts: DocumentFacts, by: User | None, at: datetime) -> StoredFile:
    return keep_file(
        checked=checked,
        owner_kind=OWNER_KIND,
        alternative=facts.alternative,
        is_decorative=facts.is_decorative,
        by=by,
        at=at,
    )


def _locked(document: Document) -> Document:
    locked = (
        Document.objects.select_for_update(of=("self",))
        .select_related("file")
        .filter(pk=document.pk)
        .first()
    )
    if locked is None:
        raise DocumentGoneError
    return locked
