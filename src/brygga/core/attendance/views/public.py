"""Where a phone comes that has scanned the host's code: one question, one button, no name."""

import secrets

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from brygga.core.attendance.enums import AgeBand
from brygga.core.attendance.operations import NotOpenError, check_in_device
from brygga.core.attendance.queries import get_gathering, has_come, is_open, is_over
from brygga.core.limits.requests import count_request

COOKIE = "brygga_attendance"
PHONES_PER_ADDRESS = 1_000  # in a day: a whole school may sit behind one address
COOKIE_AGE = 24 * 3600  # a phone is known again for the day, so that it counts once


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, secret: str) -> HttpResponse:
    gathering = get_gathering(secret)
    at = timezone.now()
    device = _device(request)
    if request.method == "POST":
        # Without the cookie the form's own word is the device: a double tap counts once too.
        if not device:
            scope = f"attendance:{gathering.public_id}"
            count_request(request, scope=scope, limit=PHONES_PER_ADDRESS, at=at)
            device = _clean(request.POST.get("device", ""))
        try:
            check_in_device(gathering=gathering, device=device, age=_age(request), at=at)
        except NotOpenError:
            return redirect(request.path)
        response = redirect(request.path)
        response.set_signed_cookie(
            COOKIE,
            device,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response
    context = {
        "gathering": gathering,
        "is_open": is_open(gathering, at=at),
        "is_over": is_over(gathering, at=at),
        "ages": [("", _("Would rather not say"), ""), *((*band, "") for band in AgeBand.choices)],
        "has_come": has_come(gathering, device),
        "device": secrets.token_urlsafe(18),
    }
    return render(request, "attendance/check_in.html", context)


def _device(request: HttpRequest) -> str:
    return request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_AGE) or ""


def _clean(word: str) -> str:
    return word[:64] or secrets.token_urlsafe(18)


def _age(request: HttpRequest) -> AgeBand | None:
    word = request.POST.get("age", "")
    return AgeBand(word) if word in AgeBand.values else None
