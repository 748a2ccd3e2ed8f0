"""The plan as list and picture; the starter plan; and moving it all."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.exports import export_file, wanted_format
from brygga.dialogues.exports import PLAN
from brygga.dialogues.forms.plan import MoveForm, PlanFilterForm
from brygga.dialogues.operations.plan_moves import (
    AlreadyUndoneError,
    NothingToMoveError,
    PlanHasChangedError,
    move_plan,
    undo_move,
)
from brygga.dialogues.operations.starter_plan import NoDayToCountFromError, begin_plan
from brygga.dialogues.queries.plan import by_month, plan_of, steps_with_dates
from brygga.dialogues.queries.plan_moves import first_day_of, last_move_of, preview_move
from brygga.dialogues.queries.plan_picture import draw_plan
from brygga.dialogues.queries.starter_plan import starter_plan
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

PER_PAGE = 100


@require_GET
def plan(request: HttpRequest, public_id: str) -> HttpResponseBase:
    at = now()
    access = enter(request, public_id)
    form = PlanFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = plan_of(
        access.dialogue,
        at=at,
        words=wanted.get("q", ""),
        what=wanted.get("what", ""),
        state=wanted.get("state", ""),
        responsible=who(request).pk if wanted.get("mine") else None,
    )
    if form_of_file := wanted_format(request):
        about = access.dialogue.slug
        return export_file(form_of_file, PLAN, rows, about=about, day=localdate(at))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        access,
        "dialogues/workspace/plan.html",
        form=form,
        is_filtered=any(wanted.values()),
        page=shown,
        months=by_month(list(shown.object_list)),
        picture=draw_plan(rows, list(steps_with_dates(access.dialogue)), today=localdate(at)),
        last_move=last_move_of(access.dialogue),
        overdue_count=sum(row.is_overdue for row in rows),
        cost=sum(row.activity.cost or 0 for row in rows if row.activity),
    )


@require_http_methods(["GET", "POST"])
def plan_starter(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    if request.method == "POST":
        try:
            count = begin_plan(dialogue=access.dialogue, by=who(request), at=now())
        except NoDayToCountFromError:
            messages.error(request, _("The mandate names no day to count from. Write it first."))
            return back_to("plan_starter", access.dialogue)
        text = ngettext("%(count)s thing is planned.", "%(count)s things are planned.", count)
        messages.success(request, text % {"count": count})
        return back_to("plan", access.dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/plan_starter.html",
        starter=starter_plan(access.dialogue, at=now()),
    )


@require_http_methods(["GET", "POST"])
def plan_move(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    begins = first_day_of(access.dialogue)
    if begins is None:
        return page(request, access, "dialogues/workspace/plan_move.html", begins=None)
    typed = posted(request) or (request.GET if "first_day" in request.GET else None)
    form = MoveForm(typed, begins=begins)
    preview, status = None, 200
    if typed is not None and form.is_valid():
        first_day = form.cleaned_data["first_day"]
        if "shown" in request.POST:
            try:
                move_plan(
                    dialogue=access.dialogue,
                    first_day=first_day,
                    shown=request.POST["shown"],
                    by=who(request),
                    at=now(),
                )
            except (PlanHasChangedError, NothingToMoveError):
                form.add_error(
                    None, _("The plan has changed since you looked. Nothing was moved. Look again.")
                )
                status = 422
            else:
                messages.success(request, _("The plan is moved. You can undo it below."))
                return back_to("plan", access.dialogue)
        preview = preview_move(access.dialogue, first_day)
    return page(
        request,
        access,
        "dialogues/workspace/plan_move.html",
        status=status,
        form=form,
        begins=begins,
        preview=preview,
        today=localdate(now()),
        decision_on=access.dialogue.mandate.feeds_on,
    )


@require_POST
def plan_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    move = last_move_of(access.dialogue)
    if move is None or move.public_id != request.POST.get("move"):
        messages.info(request, _("That move has been undone already, or there is a later one."))
        return back_to("plan", access.dialogue)
    try:
        left = undo_move(move=move, by=who(request), at=now())
    except AlreadyUndoneError:
        left = 0
    if left:
        text = ngettext(
            "Undone. %(count)s thing had been changed since, and stays.",
            "Undone. %(count)s things had been changed since, and stay.",
            left,
        )
        messages.warning(request, text % {"count": left})
    else:
        messages.success(request, _("Undone. The plan is as it was."))
    return back_to("plan", access.dialogue)
