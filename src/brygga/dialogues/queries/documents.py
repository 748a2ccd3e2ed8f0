"""A dialogue's documents. Whoever may read one may read its file, and nobody else."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from brygga.dialogues.models import Dialogue, Document
from brygga.dialogues.queries.access import Reader, access_to, reader_permissions
from brygga.dialogues.rules import Permission


def documents_of(dialogue: Dialogue) -> QuerySet[Document]:
    return (
        Document.objects.filter(dialogue=dialogue)
        .select_related("file")
        .order_by("-added_at", "pk")
    )


def public_documents(dialogue: Dialogue) -> QuerySet[Document]:
    """List what everybody who reads the dialogue may read, pictures last."""
    return documents_of(dialogue).filter(is_public=True)


def get_document(dialogue: Dialogue, public_id: str) -> Document:
    """Give a document of a dialogue that the reader has been let into."""
    document = documents_of(dialogue).filter(public_id=public_id).first()
    if document is None:
        raise Http404
    return document


def may_read_document(reader: Reader, file_key: int, at: datetime) -> bool:
    """Tell whether somebody may read the file of a document: its readers, or the team alone."""
    document = (
        Document.objects.filter(file=file_key).select_related("dialogue__organisation").first()
    )
    if document is None:
        return False
    if document.is_public and Permission.READ in reader_permissions(document.dialogue, reader):
        return True
    return access_to(document.dialogue, reader, at=at).may(Permission.SEE_WORKSPACE)
