"""What is stored about people and in their browsers, written from what each app declares."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.accounts.queries import bodies_in_force
from brygga.accounts.queries.public_page import get_organisation, published_page_of
from brygga.portal.stored import cookies, groups


@login_not_required
@require_safe
@cache_control(private=True)
def of_installation(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"groups": groups(), "cookies": cookies()})


@login_not_required
@require_safe
@cache_control(private=True)
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(slug)
    context = {
        "organisation": organisation,
        "page": published_page_of(organisation),
        "bodies": bodies_in_force(organisation, timezone.localdate()),
        "groups": groups(),
        "cookies": cookies(),
        **organisation.as_owner(),
    }
    return render(request, "portal/privacy.html", context)
