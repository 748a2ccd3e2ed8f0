"""Limits for views: whose request it is, and the page that says it was too many."""

from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brygga.core.http import client_address, parse_networks
from brygga.core.limits.operations import TooManyError, count_one

NOBODY_KNOWN = "unknown"  # a socket without a peer: all its clients share one counter


def count_request(request: HttpRequest, *, scope: str, limit: int, at: datetime) -> None:
    """Count this request against the day's limit of its address; raises TooManyError.

    The scope names the dialogue and the act, such as "vote:8f3k…". Count only what writes.
    """
    count_one(scope=scope, address=address_of(request), limit=limit, at=at)


def address_of(request: HttpRequest) -> str:
    trusted = parse_networks(",".join(settings.BRYGGA_TRUSTED_PROXIES))
    try:
        address = client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            trusted,
        )
    except ValueError:
        return NOBODY_KNOWN
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        # One home or phone has a whole /64 network and changes its address in it at will.
        return parsed.exploded[: len("0000:0000:0000:0000")]
    return address


class TooManyMiddleware:
    """Turns TooManyError into a page that says what is saved and what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooManyError):
            return render(request, "limits/429.html", status=429)
        return None
