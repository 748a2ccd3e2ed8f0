"""The page to read before the meeting, made to be printed."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from brygga.tools.outcomes.queries.briefing import get_briefing
from brygga.tools.outcomes.views.workspace import desk


@require_safe
def briefing(request: HttpRequest, public_id: str) -> HttpResponse:
    page = get_briefing(request.user, public_id, at=desk.now(), on=localdate())
    return desk.page(request, page.access, "outcomes/workspace/briefing.html", page=page)
