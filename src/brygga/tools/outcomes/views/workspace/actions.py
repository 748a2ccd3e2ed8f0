"""Measures and commitments: written down, made public, followed up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.core.ui.sorting import Sorting
from brygga.dialogues.queries import Access
from brygga.tools.outcomes.enums import ActionKind, ActionState
from brygga.tools.outcomes.forms.actions import ActionForm, UpdateForm, initial_of
from brygga.tools.outcomes.forms.lists import ActionFilter
from brygga.tools.outcomes.models import Action
from brygga.tools.outcomes.operations.actions import (
    edit_action,
    publish_action,
    record_action,
    update_action,
)
from brygga.tools.outcomes.operations.errors import AlreadyPublishedError
from brygga.tools.outcomes.queries import desk as rows
from brygga.tools.outcomes.views.workspace import desk


@require_safe
def actions(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id)
    sorting = Sorting.asked_for(request, rows.ACTION_ORDERS, "due_on")
    form = ActionFilter(request.GET)
    found = rows.list_actions(
        access.dialogue,
        state=form.chosen("state"),
        is_late=bool(form.chosen("late")),
        on=localdate(),
        order=sorting.order_by,
    )
    page = desk.one_page_of(request, found)
    return desk.page(
        request, access, "outcomes/workspace/actions.html", page=page, form=form, sorting=sorting
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    form = ActionForm(
        request.POST or None, dialogue=access.dialogue, initial={"kind": ActionKind.MEASURE}
    )
    if request.method == "POST" and form.is_valid():
        action = record_action(
            dialogue=access.dialogue,
            deed=form.deed(),
            by=desk.who(request),
            at=desk.now(),
            client_key=form.key,
        )
        return desk.back_to("action", access.dialogue, action.public_id)
    return desk.page(
        request, access, "outcomes/workspace/action.html", status=desk.status_of(form), form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, public_id: str, action_id: str) -> HttpResponse:
    """Show an action with its follow-up; before it is public it can be rewritten here."""
    access, found = _get(request, public_id, action_id)
    form = ActionForm(
        request.POST or None, dialogue=access.dialogue, owner=found.owner, initial=initial_of(found)
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_action(action=found, deed=form.deed(), by=desk.who(request), at=desk.now())
        except AlreadyPublishedError:
            form.add_error(None, _("It is public now. Tell how it goes instead."))
        else:
            messages.success(request, _("Saved."))
            return desk.back_to("action", access.dialogue, action_id)
    return _show(request, access, found, form, _update_form(found))


@require_POST
def action_publish(request: HttpRequest, public_id: str, action_id: str) -> HttpResponse:
    access, found = _get(request, public_id, action_id)
    publish_action(action=found, by=desk.who(request), at=desk.now())
    messages.success(request, _("Published. Everybody can read it now."))
    return desk.back_to("action", access.dialogue, action_id)


@require_POST
def action_update(request: HttpRequest, public_id: str, action_id: str) -> HttpResponse:
    access, found = _get(request, public_id, action_id)
    form = UpdateForm(request.POST, today=localdate())
    if not form.is_valid():
        own = _form_of(access, found)
        return _show(request, access, found, own, form)
    update_action(
        action=found,
        state=ActionState(form.cleaned_data["state"]),
        text=form.cleaned_data["text"],
        due_on=form.cleaned_data["due_on"],
        by=desk.who(request),
        at=desk.now(),
        client_key=form.key,
    )
    messages.success(request, _("Told. Those who follow get a letter, if it is public."))
    return desk.back_to("action", access.dialogue, action_id)


def _get(request: HttpRequest, public_id: str, action_id: str) -> tuple[Access, Action]:
    access = rows.enter_action(request.user, public_id, action_id, at=desk.now())
    return access, rows.get_action_in(access.dialogue, action_id)


def _form_of(access: Access, found: Action, sent: QueryDict | None = None) -> ActionForm:
    return ActionForm(sent, dialogue=access.dialogue, owner=found.owner, initial=initial_of(found))


def _update_form(found: Action) -> UpdateForm:
    return UpdateForm(today=localdate(), initial={"state": found.state})


def _show(
    request: HttpRequest, access: Access, found: Action, form: ActionForm, update_form: UpdateForm
) -> HttpResponse:
    return desk.page(
        request,
        access,
        "outcomes/workspace/action.html",
        status=max(desk.status_of(form), desk.status_of(update_form)),
        form=form,
        action=found,
        updates=rows.updates_of(found),
        update_form=update_form,
    )
