from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

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
