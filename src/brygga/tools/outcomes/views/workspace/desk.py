"""What every page of this tool's workspace needs: who is here, what they may, and a list's page."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate

from brygga.accounts.models import User
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import Access
from brygga.dialogues.rules import Permission
from brygga.tools.outcomes.queries import desk

PER_PAGE = 25
UNPROCESSABLE = 422


def enter(
    request: HttpRequest, public_id: str, permission: Permission = Permission.SEE_WORKSPACE
) -> Access:
    return desk.enter(request.user, public_id, permission, at=now())


def recorder(request: HttpRequest, public_id: str) -> Access:
    return enter(request, public_id, Permission.RECORD_OUTCOMES)


def who(request: HttpRequest) -> User:
    """Give the person who is signed in; the workspace lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def now() -> datetime:
    return timezone.now()


def page(
    request: HttpRequest, access: Access, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {
        "dialogue": access.dialogue,
        "access": access,
        "may": {right.name.lower(): access.may(right) for right in Permission},
        "may_record": access.may(Permission.RECORD_OUTCOMES),
        "here": request.resolver_match.url_name if request.resolver_match else "",
        "today": localdate(),
    }
    return render(request, template, context, status=status)


def one_page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def back_to(name: str, dialogue: Dialogue, *more: object) -> HttpResponse:
    return redirect(f"outcomes:{name}", dialogue.public_id, *more)


def status_of(form: Any) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200
