"""Promises of feedback: given, moved with a reason in time, and kept."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.core.ui.sorting import Sorting
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.forms.lists import PromiseFilter
from brygga.tools.outcomes.forms.promises import KeepForm, MoveForm, PromiseForm
from brygga.tools.outcomes.operations.promises import (
    AlreadyKeptError,
    DateNotLaterError,
    TooLateToMoveError,
    give_promise,
    keep_promise,
    move_promise,
)
from brygga.tools.outcomes.queries import desk as rows
from brygga.tools.outcomes.queries.promises import PromiseAccess, get_promise_for
from brygga.tools.outcomes.views.workspace import desk


@require_safe
def promises(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id)
    sorting = Sorting.asked_for(request, rows.PROMISE_ORDERS, "due_on")
    form = PromiseFilter(request.GET)
    found = rows.list_promises(access.dialogue, state=form.chosen("state"), order=sorting.order_by)
    page = desk.one_page_of(request, found)
    me, roles, today = desk.who(request).pk, access.roles, localdate()
    shown = [(one, rules.seen_standing(one, user_id=me, roles=roles, on=today)) for one in page]
    return desk.page(
        request,
        access,
        "outcomes/workspace/promises.html",
        page=page,
        rows=shown,
        form=form,
        sorting=sorting,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def promise_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    form = PromiseForm(request.POST or None, dialogue=access.dialogue, today=localdate())
    if request.method == "POST" and form.is_valid():
        promise = give_promise(
            dialogue=access.dialogue,
            text=form.cleaned_data["text"],
            owner=form.cleaned_data["owner"],
            due_on=form.cleaned_data["due_on"],
            body=form.cleaned_data["body"],
            by=desk.who(request),
            at=desk.now(),
            client_key=form.key,
        )
        return desk.back_to("promise", access.dialogue, promise.public_id)
    return desk.page(
        request,
        access,
        "outcomes/workspace/promise_new.html",
        status=desk.status_of(form),
        form=form,
    )


@require_safe
def promise(request: HttpRequest, public_id: str, promise_id: str) -> HttpResponse:
    held = get_promise_for(desk.who(request), public_id, promise_id, at=desk.now())
    return _show(request, held, KeepForm(), MoveForm())


@require_POST
def promise_keep(request: HttpRequest, public_id: str, promise_id: str) -> HttpResponse:
    held = get_promise_for(desk.who(request), public_id, promise_id, at=desk.now())
    form = KeepForm(request.POST)
    if not held.may_keep:
        raise PermissionDenied
    if form.is_valid():
        said = form.cleaned_data["said"]
        try:
            keep_promise(promise=held.promise, said=said, by=desk.who(request), at=desk.now())
        except AlreadyKeptError:
            form.add_error(None, _("Somebody has given the feedback already."))
        else:
            messages.success(request, _("Kept. Those who follow get a letter."))
            return desk.back_to("promise", held.access.dialogue, promise_id)
    return _show(request, held, form, MoveForm())


@require_POST
def promise_move(request: HttpRequest, public_id: str, promise_id: str) -> HttpResponse:
    held = get_promise_for(desk.who(request), public_id, promise_id, at=desk.now())
    form = MoveForm(request.POST)
    if not held.may_move:
        raise PermissionDenied
    if form.is_valid():
        try:
            move_promise(
                promise=held.promise,
                to_date=form.cleaned_data["to_date"],
                reason=form.cleaned_data["reason"],
                by=desk.who(request),
                at=desk.now(),
            )
        except DateNotLaterError:
            form.add_error("to_date", _("Choose a later day, that has not been yet."))
        except TooLateToMoveError:
            form.add_error(None, _("It can no longer be moved. Give the feedback."))
        else:
            messages.success(request, _("Moved. The reason stands on the dialogue's page."))
            return desk.back_to("promise", held.access.dialogue, promise_id)
    return _show(request, held, KeepForm(), form)


def _show(
    request: HttpRequest, held: PromiseAccess, keep_form: KeepForm, move_form: MoveForm
) -> HttpResponse:
    return desk.page(
        request,
        held.access,
        "outcomes/workspace/promise.html",
        status=max(desk.status_of(keep_form), desk.status_of(move_form)),
        held=held,
        promise=held.promise,
        changes=rows.changes_of(held.promise),
        last_day=rules.last_day_of_grace(held.promise.due_on),
        keep_form=keep_form,
        move_form=move_form,
    )
