from typing import cast

from django.http import HttpRequest

from brygga.accounts.models import User


def person(request: HttpRequest) -> User:
    """Give who is signed in; the pages that ask are closed to all others."""
    return cast("User", request.user)
