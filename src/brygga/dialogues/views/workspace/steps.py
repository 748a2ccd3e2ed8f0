"""One step: its dates, its checklist, and the way on or back."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.dialogues.enums import StepState
from brygga.dialogues.forms.life import MoveForm, ReturnForm
from brygga.dialogues.forms.steps import StepForm
from brygga.dialogues.models import Step
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.steps import (
    ExitCriteriaError,
    LadderAboveMandateError,
    LastStepError,
    NotAnEarlierStepError,
    StartCheckFailsError,
    StepHasMovedError,
    edit_step,
    move_on,
    return_to,
    tick_list,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.actors import who_is_missing
from brygga.dialogues.queries.steps import (
    checklist_of,
    rounds_of,
    step_after_current,
    steps_of,
)
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import (
    back_to,
    enter,
    is_complex,
    now,
    page,
    planks,
    posted,
    who,
)


def find_step(access: Access, position: int) -> Step:
    return _at(position, steps_of(access.dialogue))


def _at(position: int, steps: Iterable[Step]) -> Step:
    for step in steps:
        if step.position == position:
            return step
    raise Http404


@require_GET
def step(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    return step_page(request, enter(request, public_id), position)


def step_page(
    request: HttpRequest,
    access: Access,
    position: int,
    form: MoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = steps_of(access.dialogue)
    shown = _at(position, steps)
    current = access.current_step
    return page(
        request,
        access,
        "dialogues/workspace/step.html",
        status=status,
        step=shown,
        planks=planks(access.dialogue, steps),
        is_complex=is_complex(access.dialogue),
        checklist=checklist_of(shown),
        cards=registry.workspace_cards(shown, who(request)),
        rounds=rounds_of(shown),
        is_current=shown.state == StepState.CURRENT,
        is_earlier=current is not None and shown.position < current.position,
        is_last=step_after_current(steps) is None,
        form=form or MoveForm(),
        current=current,
        missing=who_is_missing(access.dialogue),
    )


@require_http_methods(["GET", "POST"])
def step_edit(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    access = enter(request, public_id, Permission.MOVE_STEPS)
    shown = find_step(access, position)
    form = StepForm(posted(request), instance=shown)
    if request.method == "POST" and form.is_valid():
        try:
            edit_step(step=shown, before=form.before, after=form.after, by=who(request), at=now())
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        except LadderAboveMandateError:
            form.add_error("ladder_level", _("The mandate gives less influence than that."))
        else:
            return back_to("step", access.dialogue, position)
    return page(request, access, "dialogues/workspace/step_edit.html", step=shown, form=form)


@require_POST
def step_tick(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    access = enter(request, public_id, Permission.TICK_CHECKLIST)
    shown = find_step(access, position)
    sent = request.POST
    tick_list(
        step=shown,
        ticked=set(sent.getlist("done")),
        were_ticked=set(sent.getlist("was")),
        by=who(request),
        at=now(),
    )
    return back_to("step", access.dialogue, position)


@require_POST
def step_move(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    access = enter(request, public_id, Permission.MOVE_STEPS)
    shown = find_step(access, position)
    form = MoveForm(posted(request))
    if not form.is_valid():
        return step_page(request, access, position, form, status=422)
    try:
        following = move_on(
            dialogue=access.dialogue,
            from_step=shown,
            reason=form.cleaned_data["reason"],
            by=who(request),
            at=now(),
        )
    except StepHasMovedError:
        messages.info(request, _("The dialogue had already moved on."))
        return back_to("workspace", access.dialogue)
    except StartCheckFailsError:
        messages.error(request, _("The first step is left when the start check holds."))
        return back_to("start_check", access.dialogue)
    except LastStepError:
        return back_to("close", access.dialogue)
    except ExitCriteriaError as error:
        form.add_error("reason", _("Say why, or tick: %(list)s") % {"list": _listed(error)})
        return step_page(request, access, position, form, status=422)
    return back_to("step", access.dialogue, following.position)


def _listed(error: ExitCriteriaError) -> str:
    return " ".join(check.text for check in error.unmet)


@require_http_methods(["GET", "POST"])
def step_return(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    access = enter(request, public_id, Permission.MOVE_STEPS)
    shown = find_step(access, position)
    form = ReturnForm(posted(request))
    if access.current_step is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            again = return_to(
                dialogue=access.dialogue,
                from_step=access.current_step,
                to_step=shown,
                reason=form.cleaned_data["reason"],
                by=who(request),
                at=now(),
            )
        except (StepHasMovedError, NotAnEarlierStepError):
            form.add_error(None, _("One can return only to a step before the present one."))
        else:
            return back_to("step", access.dialogue, again.position)
    return page(request, access, "dialogues/workspace/step_return.html", step=shown, form=form)
