"""Keeping a draft, throwing it away, and telling who else writes."""

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brygga.core.editing import operations, queries
from brygga.core.live import Part, event_stream
from brygga.core.live.streams import give_back_connection

OTHERS = "editing/parts/others.html"


def writer(request: HttpRequest) -> AbstractBaseUser:
    assert isinstance(request.user, AbstractBaseUser)  # nobody else gets past the sign-in
    return request.user


def drafting(request: HttpRequest) -> queries.Drafting:
    try:
        return queries.drafting_of(request.POST.get("draft", ""), writer(request))
    except queries.ForeignTokenError:
        raise Http404 from None


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed: while one types, or by the button where nothing runs in the page."""
    wanted, at = drafting(request), timezone.now()
    try:
        operations.keep_draft(drafting=wanted, typed=request.POST.dict(), by=writer(request), at=at)
        said = _("Saved %(time)s") % {"time": timezone.localtime(at).strftime("%H.%M")}
    except operations.DraftTooLongError:
        said = _("The draft is too long and was not saved.")
    if request.headers.get("HX-Request"):
        return HttpResponse(said, content_type="text/plain")
    messages.info(request, said)
    return redirect(wanted.back)


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    wanted = drafting(request)
    operations.throw_away_draft(drafting=wanted, by=writer(request))
    messages.success(request, _("The draft is thrown away."))
    return redirect(wanted.back)


def _others(request: HttpRequest, token: str) -> tuple[str, str]:
    """Note that the asker is here, and give the place and those who are there too."""
    try:
        place = queries.place_of(token, writer(request))
    except queries.ForeignTokenError:
        raise Http404 from None
    at = timezone.now()
    has_others = operations.note_presence(place=place, by=writer(request), at=at)
    company = queries.company(writer(request), place, at=at, has_others=has_others)
    return place, render_to_string(OTHERS, {"others": company.others}, request=request)


@require_safe
def here(request: HttpRequest, token: str) -> HttpResponse:
    _place, html = _others(request, token)
    return HttpResponse(html)


@require_safe
async def stream(request: HttpRequest, token: str) -> HttpResponseBase:
    def first() -> str:
        try:
            return _others(request, token)[0]
        finally:
            give_back_connection()

    place = await sync_to_async(first)()
    return event_stream(place, lambda: Part(_others(request, token)[1]))
