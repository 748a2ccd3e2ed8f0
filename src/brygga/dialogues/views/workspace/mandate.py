"""The mandate, its start check, and the one-page paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from brygga.dialogues.forms.mandate import MandateForm
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.mandate import (
    MandateBreaksError,
    PromiseGivenError,
    save_mandate,
)
from brygga.dialogues.queries.actors import who_is_missing
from brygga.dialogues.queries.mandates import get_mandate, mandate_paper
from brygga.dialogues.queries.mandates import mandate_pdf as make_pdf
from brygga.dialogues.queries.start_check import StartCheck, check_day
from brygga.dialogues.queries.start_check import start_check as ask
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, others_at, page, posted, who


@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_MANDATE)
    dialogue = access.dialogue
    form = MandateForm(posted(request), instance=dialogue.mandate, dialogue=dialogue)
    if request.method == "POST" and form.is_valid() and _save(request, dialogue, form):
        if saves_as_one_types(request):
            return _saved(request, dialogue)
        messages.success(request, _("The mandate is saved."))
        return back_to("start_check", dialogue)
    if saves_as_one_types(request):
        return render(request, "dialogues/workspace/parts/not_saved.html", {"form": form})
    return page(
        request,
        access,
        "dialogues/workspace/mandate.html",
        form=form,
        sections=list(form.sections()),
        company=others_at(request, "mandate", dialogue),
    )


def _save(request: HttpRequest, dialogue: Dialogue, form: MandateForm) -> bool:
    """Save, or say in the form why not."""
    try:
        save_mandate(
            dialogue=dialogue, before=form.before, after=form.after, by=who(request), at=now()
        )
    except EditConflictError as error:
        form.show_clashes(error.clashes)
    except PromiseGivenError:
        form.add_error(None, _("The dialogue was published meanwhile. Its promise stands."))
    except MandateBreaksError as error:
        for point in error.failing:
            form.add_error(None, " ".join(str(text) for text in point.missing))
    return form.is_valid()


def saves_as_one_types(request: HttpRequest) -> bool:
    return request.method == "POST" and bool(request.headers.get("HX-Request"))


def _saved(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """Tell that all is saved, and what the fields are compared with from now on."""
    form = MandateForm(instance=get_mandate(dialogue), dialogue=dialogue)
    context = {"at": now(), "fields": form.shown_fields()}
    return render(request, "dialogues/workspace/parts/saved.html", context)


@require_GET
def start_check(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    return page(
        request,
        access,
        "dialogues/workspace/start_check.html",
        check=check_of(access.dialogue),
        missing=who_is_missing(access.dialogue),
    )


@require_GET
def mandate_print(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    paper = mandate_paper(access.dialogue, on=localdate(now()))
    return page(request, access, "dialogues/workspace/mandate_print.html", paper=paper)


@never_cache
@require_GET
def mandate_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    name = f"uppdrag-{access.dialogue.slug}.pdf"
    return HttpResponse(
        make_pdf(access.dialogue, at=now()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def check_of(dialogue: Dialogue) -> StartCheck:
    return ask(dialogue, dialogue.mandate, on=check_day(dialogue, localdate(now())))
