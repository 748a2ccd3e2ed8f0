"""The dialogue's documents: what there is, adding, changing, replacing, removing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from brygga.dialogues.forms.documents import ChangeDocumentForm, NewDocumentsForm
from brygga.dialogues.operations.documents import (
    DocumentGoneError,
    add_documents,
    change_document,
    remove_document,
)
from brygga.dialogues.queries.documents import documents_of, get_document
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

DOCUMENTS_PER_PAGE = 50


@require_GET
def documents(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    found = Paginator(documents_of(access.dialogue), DOCUMENTS_PER_PAGE)
    return page(
        request,
        access,
        "dialogues/workspace/documents.html",
        page=found.get_page(request.GET.get("page")),
    )


@require_http_methods(["GET", "POST"])
def document_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MANAGE_DOCUMENTS)
    language = access.dialogue.language
    form = NewDocumentsForm(posted(request), request.FILES or None, language=language)
    if form.is_valid():
        added = add_documents(dialogue=access.dialogue, new=form.new(), by=who(request), at=now())
        messages.success(
            request,
            _("%(title)s is added.") % {"title": ", ".join(document.title for document in added)},
        )
        return back_to("documents", access.dialogue)
    return page(request, access, "dialogues/workspace/document_new.html", form=form)


@require_http_methods(["GET", "POST"])
def document_change(request: HttpRequest, public_id: str, document_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MANAGE_DOCUMENTS)
    document = get_document(access.dialogue, document_id)
    form = ChangeDocumentForm(posted(request), request.FILES or None, document=document)
    if form.is_valid():
        try:
            change_document(
                document=document,
                facts=form.facts(),
                checked=form.checked,
                by=who(request),
                at=now(),
            )
        except DocumentGoneError as error:
            raise Http404 from error
        messages.success(request, _("Saved."))
        return back_to("documents", access.dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/document_change.html",
        form=form,
        document=document,
    )


@require_http_methods(["GET", "POST"])
def document_remove(request: HttpRequest, public_id: str, document_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MANAGE_DOCUMENTS)
    document = get_document(access.dialogue, document_id)
    if request.method == "POST":
        try:
            remove_document(document=document, by=who(request), at=now())
        except DocumentGoneError as error:
            raise Http404 from error
        messages.success(request, _("%(title)s is removed.") % {"title": document.title})
        return back_to("documents", access.dialogue)
    return page(request, access, "dialogues/workspace/document_remove.html", document=document)
