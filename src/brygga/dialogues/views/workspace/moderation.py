"""The queue of what waits to be read: in one dialogue, and in all where one may decide."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from brygga.core.exports import export_file, wanted_format
from brygga.core.ui.sorting import Sorting
from brygga.dialogues.exports import QUEUE, STEPS_TAKEN
from brygga.dialogues.forms.moderation import QueueForm, StrictForm
from brygga.dialogues.operations.strict_mode import set_strict_mode
from brygga.dialogues.queries.moderation import (
    ORDERS,
    decisions_of,
    moderated_by,
    next_case,
    organisations_of,
    queue,
    usual_wait,
)
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

PER_PAGE = 30


@require_GET
def queue_of_dialogue(request: HttpRequest, public_id: str) -> HttpResponseBase:
    access = enter(request, public_id, Permission.MODERATE)
    sorting = Sorting.asked_for(request, ORDERS, "waited")
    form = QueueForm(request.GET, organisations=None)
    wanted = form.wanted(sorting.key, is_descending=sorting.is_descending)
    cases = queue([access.dialogue.pk], wanted, who(request))
    if form_of_file := wanted_format(request):
        about = access.dialogue.slug
        return export_file(form_of_file, QUEUE, cases, about=about, day=localdate(now()))
    return page(
        request,
        access,
        "dialogues/workspace/moderation.html",
        form=form,
        sorting=sorting,
        page=Paginator(cases, PER_PAGE).get_page(request.GET.get("page")),
        is_filtered=form.has_changed(),
        today=localdate(now()),
        strict_form=StrictForm(),
        wait=usual_wait(access.dialogue),
    )


@require_GET
def whole_queue(request: HttpRequest) -> HttpResponseBase:
    dialogues = moderated_by(who(request), at=now())
    sorting = Sorting.asked_for(request, ORDERS, "waited")
    form = QueueForm(request.GET, organisations=organisations_of(dialogues))
    wanted = form.wanted(sorting.key, is_descending=sorting.is_descending)
    cases = queue(dialogues, wanted, who(request))
    if form_of_file := wanted_format(request):
        return export_file(form_of_file, QUEUE, cases, about="", day=localdate(now()))
    context = {
        "form": form,
        "sorting": sorting,
        "page": Paginator(cases, PER_PAGE).get_page(request.GET.get("page")),
        "is_filtered": form.has_changed(),
        "today": localdate(now()),
    }
    return render(request, "dialogues/workspace/queue.html", context)


@require_GET
def next_in_dialogue(request: HttpRequest, public_id: str) -> HttpResponse:
    dialogue = enter(request, public_id, Permission.MODERATE).dialogue
    found = next_case([dialogue.pk], who(request))
    if found is None:
        messages.success(request, _("Nothing more waits for you here."))
        return back_to("moderation", dialogue)
    return back_to("case", dialogue, found.contribution.public_id)


@require_GET
def next_of_all(request: HttpRequest) -> HttpResponse:
    found = next_case(moderated_by(who(request), at=now()), who(request))
    if found is None:
        messages.success(request, _("Nothing more waits for you here."))
        return redirect("dialogues:queue")
    address = redirect("dialogues:case", found.dialogue.public_id, found.contribution.public_id)
    address.headers["Location"] += "?fran=alla"
    return address


@require_POST
def strict_mode(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_DIALOGUE)
    form = StrictForm(posted(request))
    if form.is_valid():
        set_strict_mode(
            dialogue=access.dialogue,
            is_on="on" in request.POST,
            reason=form.cleaned_data["reason"],
            by=who(request),
            at=now(),
        )
        messages.success(request, _("Changed, and written in the process diary."))
    else:
        messages.error(request, _("Say why. It is written in the process diary."))
    return back_to("moderation", access.dialogue)


@require_GET
def steps_taken(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """List every step of the moderation, for the record."""
    access = enter(request, public_id, Permission.MODERATE)
    steps = decisions_of(access.dialogue)
    if form_of_file := wanted_format(request):
        about = access.dialogue.slug
        return export_file(form_of_file, STEPS_TAKEN, steps, about=about, day=localdate(now()))
    return page(
        request,
        access,
        "dialogues/workspace/moderation_steps.html",
        page=Paginator(steps, PER_PAGE).get_page(request.GET.get("page")),
    )
