"""How a long job goes: a page to reload, the same page live, and the button that stops it."""

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from brygga.core.jobs import operations, queries
from brygga.core.jobs.models import Job
from brygga.core.live import Part, event_stream
from brygga.core.live.streams import give_back_connection

PART = "jobs/parts/job.html"


def find(request: HttpRequest, public_id: str) -> Job:
    return queries.get_job_for(request.user, public_id, at=timezone.now())


def shown(found: Job) -> dict[str, object]:
    return {"job": found, "may_be_cancelled": queries.may_be_cancelled(found)}


@require_GET
def job(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the whole page, or the part that changes to a page that asks for it."""
    template = PART if request.headers.get("HX-Request") else "jobs/job.html"
    return render(request, template, shown(find(request, public_id)))


@require_GET
async def stream(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the changing part each time it changes, until the job has ended."""

    def part() -> Part:
        found = find(request, public_id)
        html = render_to_string(PART, shown(found), request=request)
        return Part(html, is_last=not found.is_under_way)

    def check() -> str:
        try:
            return find(request, public_id).topic
        finally:
            give_back_connection()

    return event_stream(await sync_to_async(check)(), part)


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    found = find(request, public_id)
    assert request.user.is_authenticated  # `find` gives a job to nobody else
    if operations.cancel_job(job=found, by=request.user, at=timezone.now()):
        messages.success(request, _("It is being stopped. Nothing is kept of it."))
    else:
        messages.error(request, _("It can no longer be stopped."))
    return redirect("jobs:job", public_id)
