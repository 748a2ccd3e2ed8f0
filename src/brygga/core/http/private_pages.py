"""What was made for somebody who is signed in is kept by no browser and no proxy.

Else whoever comes next to a shared computer goes back and reads it after they have signed out.
"""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse


class PrivatePagesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = SESSION_KEY in request.session
        response = self.get_response(request)
        if was_signed_in and response.headers.get("Cache-Control", "private") == "private":
            response.headers["Cache-Control"] = "private, no-store"
        return response
