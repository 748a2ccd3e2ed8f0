"""The accessibility statement that everybody reads, and the form to report an obstacle."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts.forms.accessibility import ObstacleForm
from brygga.accounts.models import Organisation
from brygga.accounts.operations.accessibility import report_obstacle
from brygga.accounts.queries.accessibility import told_by, who_runs_this
from brygga.accounts.queries.public_page import get_organisation
from brygga.core.limits.requests import count_request

REPORTS_PER_ADDRESS = 30  # a day and organisation


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def of_installation(request: HttpRequest) -> HttpResponse:
    return _statement(request, who_runs_this(), is_installation=True)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def of_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    return _statement(request, get_organisation(slug), is_installation=False)


@login_not_required
@require_safe
def reported(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(slug)
    context = {"organisation": organisation, "days": settings.BRYGGA_ACCESSIBILITY_DAYS}
    return render(request, "accounts/obstacle_sent.html", context | organisation.as_owner())


def _statement(
    request: HttpRequest, organisation: Organisation | None, *, is_installation: bool
) -> HttpResponse:
    at = timezone.now()
    form = ObstacleForm(request.POST if request.method == "POST" else None, at=at)
    if organisation and form.is_bound and form.is_valid():
        scope = f"obstacle:{organisation.public_id}"
        count_request(request, scope=scope, limit=REPORTS_PER_ADDRESS, at=at)
        report_obstacle(
            organisation=organisation,
            obstacle=form.obstacle(get_language() or settings.LANGUAGE_CODE),
            client_key=form.once,
            at=at,
        )
        response = redirect("accounts:obstacle_sent", organisation.slug)
        response.status_code = 303
        return response
    if form.is_bound:
        form.renew()
    elif came_from := request.GET.get("sida", ""):
        form.fields["page"].initial = came_from[:500]
    context: dict[str, object] = {
        "told": told_by(organisation),
        "form": form if organisation else None,
        "is_installation": is_installation,
        "today": timezone.localdate(at),
    }
    if organisation and not is_installation:
        context |= organisation.as_owner()
    status = 422 if form.is_bound else 200
    return render(request, "accounts/accessibility.html", context, status=status)
