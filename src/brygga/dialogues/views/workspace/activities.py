"""One activity, or one line of the communication plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.dialogues.enums import ActivityState
from brygga.dialogues.forms.plan import ActivityForm, CancelActivityForm, HeldForm, MessageForm
from brygga.dialogues.models import Activity
from brygga.dialogues.operations.activities import (
    NotHeldYetError,
    add_activity,
    cancel_activity,
    edit_activity,
    hold_activity,
    plan_again,
)
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.planned_messages import (
    add_message,
    edit_message,
    mark_told,
    remove_message,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.check_in import came_to
from brygga.dialogues.queries.plan import get_activity_in, get_message_in, is_late, is_untold
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

EDIT = "dialogues/workspace/plan_edit.html"


@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    form = ActivityForm(posted(request), dialogue=access.dialogue)
    if request.method == "POST" and form.is_valid():
        activity = add_activity(
            dialogue=access.dialogue,
            facts=form.after | {"languages": form.cleaned_data["languages"]},
            actors=form.cleaned_data["actors"],
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        return back_to("activity", access.dialogue, activity.public_id)
    return page(request, access, EDIT, form=form, title=_("Plan an activity"))


@require_GET
def activity(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    access = enter(request, public_id)
    return _activity_page(request, access, get_activity_in(access.dialogue, activity_id))


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    shown = get_activity_in(access.dialogue, activity_id)
    form = ActivityForm(posted(request), instance=shown, dialogue=access.dialogue)
    if request.method == "POST" and form.is_valid():
        try:
            edit_activity(
                activity=shown,
                before=form.before,
                after=form.after,
                actors=form.cleaned_data["actors"],
                languages=form.cleaned_data["languages"],
                by=who(request),
                at=now(),
            )
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        else:
            return back_to("activity", access.dialogue, activity_id)
    return page(request, access, EDIT, form=form, title=shown.title)


@require_POST
def activity_state(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    """Note that it was held, that it is cancelled, or that it is planned after all."""
    access = enter(request, public_id, Permission.PLAN)
    shown = get_activity_in(access.dialogue, activity_id)
    if "again" in request.POST:
        plan_again(activity=shown, by=who(request), at=now())
        return back_to("activity", access.dialogue, activity_id)
    if "cancel" in request.POST:
        cancelling = CancelActivityForm(request.POST)
        if not cancelling.is_valid():
            return _activity_page(request, access, shown, cancelling=cancelling, status=422)
        reason = cancelling.cleaned_data["reason"]
        cancel_activity(activity=shown, reason=reason, by=who(request), at=now())
        return back_to("activity", access.dialogue, activity_id)
    held = HeldForm(request.POST, activity=shown, came=came_to(shown))
    if held.is_valid():
        try:
            hold_activity(activity=shown, **held.cleaned_data, by=who(request), at=now())
        except NotHeldYetError:
            held.add_error(None, _("It has not begun yet."))
        else:
            return back_to("activity", access.dialogue, activity_id)
    return _activity_page(request, access, shown, held=held, status=422)


@require_http_methods(["GET", "POST"])
def message_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    form = MessageForm(posted(request), dialogue=access.dialogue)
    if request.method == "POST" and form.is_valid():
        add_message(
            dialogue=access.dialogue,
            facts=form.after,
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        return back_to("plan", access.dialogue)
    return page(request, access, EDIT, form=form, title=_("Plan a message"))


@require_GET
def planned_message(request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
    access = enter(request, public_id)
    shown = get_message_in(access.dialogue, message_id)
    return page(
        request,
        access,
        "dialogues/workspace/planned_message.html",
        message=shown,
        is_overdue=is_untold(shown, now()),
    )


@require_http_methods(["GET", "POST"])
def message_edit(request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    shown = get_message_in(access.dialogue, message_id)
    form = MessageForm(posted(request), instance=shown, dialogue=access.dialogue)
    if request.method == "POST" and form.is_valid():
        try:
            edit_message(
                message=shown, before=form.before, after=form.after, by=who(request), at=now()
            )
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        else:
            return back_to("planned_message", access.dialogue, message_id)
    return page(request, access, EDIT, form=form, title=_("Message"))


@require_POST
def message_state(request: HttpRequest, public_id: str, message_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PLAN)
    shown = get_message_in(access.dialogue, message_id)
    if "remove" in request.POST:
        remove_message(message=shown, by=who(request), at=now())
        messages.success(request, _("The message is off the plan."))
        return back_to("plan", access.dialogue)
    on = None if "again" in request.POST else localdate(now())
    mark_told(message=shown, on=on, by=who(request), at=now())
    return back_to("planned_message", access.dialogue, message_id)


def _activity_page(
    request: HttpRequest,
    access: Access,
    shown: Activity,
    held: HeldForm | None = None,
    cancelling: CancelActivityForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at, came = now(), came_to(shown)
    return page(
        request,
        access,
        "dialogues/workspace/activity.html",
        status=status,
        activity=shown,
        actors=shown.actors.order_by("sort_key", "pk"),
        is_overdue=is_late(shown, at),
        is_planned=shown.state == ActivityState.PLANNED,
        has_begun=shown.starts_at <= at,
        came=came,
        held=held or HeldForm(activity=shown, came=came),
        cancelling=cancelling or CancelActivityForm(),
    )
