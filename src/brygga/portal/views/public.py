from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.core.ui.theme import COOKIE as THEME_COOKIE
from brygga.portal.queries import get_home, get_map


@login_not_required
@require_safe
@cache_control(private=True)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"home": get_home(request.user)})


@login_not_required
@require_safe
@cache_control(private=True)
def dialogue_map(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/map.html", {"map": get_map(request.user)})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    names = {
        "session": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
        "language": settings.LANGUAGE_COOKIE_NAME,
        "theme": THEME_COOKIE,
    }
    return render(request, "portal/privacy.html", {"names": names})
