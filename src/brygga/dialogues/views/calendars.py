"""Calendar files: a dialogue's for everybody, and a person's own by secret link."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from brygga.core.calendar import CONTENT_TYPE, write_calendar
from brygga.dialogues.queries.dates import Feed, get_personal_feed, get_public_feed


@login_not_required
@require_safe
@cache_control(private=True)
def public_feed(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    return _file(request, get_public_feed(public_id, request.user), name=slug)


@login_not_required
@require_safe
@never_cache
def personal_feed(request: HttpRequest, secret: str) -> HttpResponse:
    response = _file(request, get_personal_feed(secret, at=timezone.now()), name="brygga")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _file(request: HttpRequest, feed: Feed, *, name: str) -> HttpResponse:
    host = request.get_host().partition(":")[0]
    content = write_calendar(feed.name, feed.dates, host=host, at=timezone.now())
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
