"""Handing out files: the right is asked for each time, and nothing can run in them."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from brygga.core.files.models import StoredFile
from brygga.core.files.queries import get_file_for

NOTHING_RUNS = "default-src 'none'; sandbox"
WEBP = "image/webp"


@login_not_required
@require_safe
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    found = get_file_for(request.user, public_id, at=timezone.now())
    return _answer(request, found, found.stored_as, found.media_type)


@login_not_required
@require_safe
def thumbnail(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The picture made small; as it is until the job has been there."""
    found = get_file_for(request.user, public_id, at=timezone.now())
    if not found.is_picture:
        raise Http404
    if found.thumbnail_stored_as:
        return _answer(request, found, found.thumbnail_stored_as, WEBP)
    return _answer(request, found, found.stored_as, found.media_type)


def _answer(
    request: HttpRequest, found: StoredFile, stored_as: str, media_type: str
) -> HttpResponseBase:
    etag = quote_etag(stored_as)  # a name's bytes never change
    answer = get_conditional_response(request, etag=etag) or HttpResponse()
    if answer.status_code == HttpResponse.status_code:
        try:
            with default_storage.open(stored_as) as content:
                answer = HttpResponse(content.read(), content_type=media_type)
        except FileNotFoundError as error:  # removed since the row was read
            raise Http404 from error
    shown_as = content_disposition_header(not found.is_picture, found.name)
    answer["Content-Disposition"] = shown_as or "attachment"
    answer["Content-Security-Policy"] = NOTHING_RUNS
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"  # kept by the browser, asked for each time
    answer["ETag"] = etag
    return answer
