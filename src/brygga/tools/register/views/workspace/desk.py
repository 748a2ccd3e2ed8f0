"""What every page of this tool's workspace needs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from brygga.accounts.models import User
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import Access
from brygga.dialogues.queries.access import get_access
from brygga.dialogues.rules import Permission

UNPROCESSABLE = 422


def enter(request: HttpRequest, public_id: str, permission: Permission) -> Access:
    return get_access(request.user, public_id, permission, at=now())


def who(request: HttpRequest) -> User:
    """Give the person who is signed in; the workspace lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def now() -> datetime:
    return timezone.now()


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest, access: Access, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "dialogue": access.dialogue,
        "may": {right.name.lower(): access.may(right) for right in Permission},
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "today": timezone.localdate(),
    }
    return render(request, template, context, status=status)


def back_to(name: str, dialogue: Dialogue, *more: object) -> HttpResponse:
    return redirect(f"register:{name}", dialogue.public_id, *more)


def status_of(form: Any) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200
