"""The pages for what goes wrong: what happened, what is saved, what to do."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render

BARE = (
    '<!doctype html><html lang="sv"><meta charset="utf-8"><title>Något gick fel – Brygga</title>'
    "<h1>Något gick fel hos oss</h1><p>Försök igen om en stund. "
    '<span lang="en">Something went wrong on our side. Please try again in a while.</span></p>'
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return render(request, "500.html", status=500)
    except Exception:  # noqa: BLE001 - whatever broke the page may break this one too
        return HttpResponseServerError(BARE)
