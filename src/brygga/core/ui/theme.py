"""Light, dark, or as the reader's device says: chosen with a link, kept in a cookie."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "brygga_theme"
THEMES = ("light", "dark")
ONE_YEAR = 365 * 24 * 3600


class ThemeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("theme", "")
        if asked in THEMES:
            request.COOKIES[COOKIE] = asked
        elif asked == "auto":
            request.COOKIES.pop(COOKIE, None)
        response = self.get_response(request)
        if asked in THEMES:
            response.set_cookie(
                COOKIE,
                asked,
                max_age=ONE_YEAR,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        elif asked == "auto":
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
