"""Handing a dialogue over to a new process leader."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from brygga.core.ui.paging import page_of
from brygga.dialogues.forms.leading import HandoverForm
from brygga.dialogues.operations.handovers import (
    AlreadyAskedError,
    AnsweredError,
    NotLeaderError,
    accept_handover,
    ask_to_take_over,
    decline_handover,
    withdraw_handover,
)
from brygga.dialogues.queries.handovers import (
    get_handover_for,
    goes_over,
    note_pdf,
    suggest_note,
    waiting_of,
)
from brygga.dialogues.queries.people import members_to_choose
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

CHOICES = 20


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MANAGE_TEAM)
    dialogue, me = access.dialogue, who(request)
    words = request.GET.get("q", "").strip()[:100]
    chosen = request.POST.get("person") or request.GET.get("vem", "")
    note = suggest_note(dialogue, me, at=now()) if chosen else ""
    suggested = {"note": note, "person": chosen}
    form = HandoverForm(posted(request), dialogue=dialogue, initial=suggested)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_take_over(
                dialogue=dialogue,
                leaver=me,
                successor=form.cleaned_data["person"].user,
                note=form.cleaned_data["note"],
                at=now(),
            )
        except NotLeaderError:
            form.add_error(None, _("Only a process leader in the team hands over, to another."))
        except AlreadyAskedError:
            form.add_error(None, _("Somebody has been asked already, and has not answered."))
        else:
            messages.success(request, _("Asked. You lead until the answer is yes."))
            return back_to("handover", dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/handover.html",
        form=form,
        words=words,
        people=page_of(request, members_to_choose(dialogue, words).exclude(user=me), CHOICES)
        if words
        else None,
        chosen=members_to_choose(dialogue).filter(public_id=chosen).first() if chosen else None,
        goes_over=goes_over(dialogue, me),
        waiting=waiting_of(dialogue),
    )


@require_http_methods(["GET", "POST"])
def handover_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let the successor say yes or no, and the leaver take the question back."""
    found = get_handover_for(who(request), public_id)
    is_successor = found.successor_id == who(request).pk
    if request.method == "POST":
        answers = {"accept": accept_handover, "decline": decline_handover}
        answer = answers.get(request.POST.get("answer", "")) if is_successor else withdraw_handover
        try:
            if answer:
                answer(handover=found, by=who(request), at=now())
        except AnsweredError:
            messages.info(request, _("It has been answered already."))
        return redirect("dialogues:handover_answer", public_id)
    context = {"handover": found, "is_successor": is_successor}
    return render(request, "dialogues/workspace/handover_answer.html", context)


@require_GET
def handover_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_handover_for(who(request), public_id)
    return HttpResponse(
        note_pdf(found, at=now()),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{found.dialogue.slug}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
