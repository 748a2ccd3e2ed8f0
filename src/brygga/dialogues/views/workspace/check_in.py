"""The host's page at the door of an activity, and the poster with its code."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from brygga.core.attendance.operations import WrongNumberError
from brygga.core.http.qr import qr_svg
from brygga.dialogues.enums import ActivityState
from brygga.dialogues.forms.check_in import HeadsForm, PrepareForm, PressForm
from brygga.dialogues.models import Activity
from brygga.dialogues.operations.check_in import (
    NoCheckInError,
    NotPlannedError,
    close_check_in,
    count_all,
    count_more,
    open_check_in,
    prepare_check_in,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.check_in import door_of
from brygga.dialogues.queries.plan import get_activity_in
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, who


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.CHECK_IN)
    shown = get_activity_in(access.dialogue, activity_id)
    if request.method != "POST":
        return _page(request, access, shown)
    try:
        wrong = _act(request, shown)
    except NotPlannedError:
        messages.error(request, _("It has been held or cancelled, so nobody can check in."))
    except NoCheckInError:
        messages.error(request, _("Prepare the check-in first."))
    except WrongNumberError:
        messages.error(request, _("There is nobody to take away: nobody is counted by hand."))
    else:
        if wrong is not None:
            return _page(request, access, shown, heads=wrong, status=422)
    return back_to("check_in", access.dialogue, activity_id)


@require_safe
def poster(request: HttpRequest, public_id: str, activity_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.CHECK_IN)
    shown = get_activity_in(access.dialogue, activity_id)
    door = door_of(shown, at=now())
    if door is None:
        raise Http404
    template = "dialogues/workspace/check_in_poster.html"
    code = qr_svg(door.address, _("Code for checking in"))
    return page(request, access, template, activity=shown, door=door, qr=code)


def _act(request: HttpRequest, shown: Activity) -> HeadsForm | None:
    """Do what the pressed button says; gives the form whose number was wrong."""
    by, at = who(request), now()
    if "prepare" in request.POST:
        prepare = PrepareForm(request.POST)
        asks_age = prepare.is_valid() and prepare.cleaned_data["asks_age"]
        prepare_check_in(activity=shown, asks_age=asks_age, by=by, at=at)
    elif "open" in request.POST:
        open_check_in(activity=shown, by=by, at=at)
    elif "close" in request.POST:
        close_check_in(activity=shown, by=by, at=at)
    elif "change" in request.POST:
        press = PressForm(request.POST)
        if press.is_valid() and press.key:
            change = press.cleaned_data["change"]
            count_more(activity=shown, change=change, key=press.key, by=by, at=at)
    else:
        heads = HeadsForm(request.POST)
        if not heads.is_valid():
            return heads
        count_all(activity=shown, heads=heads.cleaned_data["heads"], by=by, at=at)
    return None


def _page(
    request: HttpRequest,
    access: Access,
    shown: Activity,
    heads: HeadsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    door = door_of(shown, at=now())
    more: dict[str, Any] = {}
    if door:
        counted = {"heads": door.gathering.counted}
        more = {
            "qr": qr_svg(door.address, _("Code for checking in")),
            "press": PressForm(),
            "heads": heads or HeadsForm(initial=counted),
        }
    return page(
        request,
        access,
        "dialogues/workspace/check_in.html",
        status=status,
        activity=shown,
        door=door,
        prepare=PrepareForm(),
        is_planned=shown.state == ActivityState.PLANNED,
        **more,
    )
