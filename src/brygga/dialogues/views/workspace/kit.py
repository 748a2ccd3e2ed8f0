"""The invitation kit: letter, poster, texts for the web and for messages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from brygga.core.http.qr import qr_svg
from brygga.dialogues.enums import KitText
from brygga.dialogues.forms.kit import InvitationForm
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.kit import forget_invitation, write_invitation
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.kit import LANGUAGES, Words, kit_of
from brygga.dialogues.queries.kit_files import FILES, kit_file
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who


@require_GET
def kit(request: HttpRequest, public_id: str, language: str = "sv") -> HttpResponse:
    access = enter(request, public_id, Permission.INVITE)
    return page(
        request,
        access,
        "dialogues/workspace/kit.html",
        kit=kit_of(access.dialogue, known(language), on=localdate(now())),
        languages=LANGUAGES,
    )


@require_GET
def kit_preview(request: HttpRequest, public_id: str, language: str, kind: str) -> HttpResponse:
    access = enter(request, public_id, Permission.INVITE)
    made = kit_of(access.dialogue, known(language), on=localdate(now()))
    words = made.texts[_kind(kind)]
    return page(
        request,
        access,
        "dialogues/workspace/kit_preview.html",
        kit=made,
        words=words,
        qr=qr_svg(made.short_address, made.short_address),
    )


@require_http_methods(["GET", "POST"])
def kit_edit(request: HttpRequest, public_id: str, language: str, kind: str) -> HttpResponse:
    access = enter(request, public_id, Permission.INVITE)
    made = kit_of(access.dialogue, known(language), on=localdate(now()))
    words = made.texts[_kind(kind)]
    if "reset" in request.POST:
        return _reset(request, access, words)
    form = InvitationForm(posted(request), words=words)
    if request.method == "POST" and form.is_valid():
        try:
            write_invitation(
                dialogue=access.dialogue,
                kind=words.kind,
                language=language,
                before=form.before,
                after=form.after,
                by=who(request),
                at=now(),
            )
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        else:
            messages.success(request, _("The text is saved."))
            return back_to("kit_edit", access.dialogue, language, kind)
    return page(
        request, access, "dialogues/workspace/kit_edit.html", form=form, kit=made, words=words
    )


@require_GET
def kit_download(request: HttpRequest, public_id: str, language: str, name: str) -> HttpResponse:
    access = enter(request, public_id, Permission.INVITE)
    if name not in FILES:
        raise Http404
    made = kit_file(access.dialogue, known(language), name, at=now())
    return HttpResponse(
        made.content,
        content_type=made.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _reset(request: HttpRequest, access: Access, words: Words) -> HttpResponse:
    forget_invitation(
        dialogue=access.dialogue,
        kind=words.kind,
        language=words.language,
        by=who(request),
        at=now(),
    )
    messages.success(request, _("The suggested text is back."))
    return back_to("kit_edit", access.dialogue, words.language, words.kind.value)


def known(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def _kind(name: str) -> KitText:
    try:
        return KitText(name)
    except ValueError as error:
        raise Http404 from error
