"""What every page of the workspace needs: who is here, and what they may do."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.models import User
from brygga.core.editing.operations import note_presence
from brygga.core.editing.queries import Company, company
from brygga.core.ui.steps import Step as Plank
from brygga.core.ui.steps import StepState as PlankState
from brygga.dialogues.enums import DialogueForm, StepState
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.queries.access import Access, get_access
from brygga.dialogues.queries.steps import steps_of
from brygga.dialogues.rules import Permission

PLANKS = {
    StepState.DONE: PlankState.DONE,
    StepState.CURRENT: PlankState.NOW,
    StepState.COMING: PlankState.COMING,
    StepState.LEFT: PlankState.COMING,
}


def enter(
    request: HttpRequest, public_id: str, permission: Permission = Permission.SEE_WORKSPACE
) -> Access:
    return get_access(request.user, public_id, permission, at=timezone.now())


def who(request: HttpRequest) -> User:
    """Give the person who is signed in; the workspace lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """Give what was sent with the page, or None when it was only asked for."""
    return request.POST if request.method == "POST" else None


def now() -> datetime:
    return timezone.now()


def page(
    request: HttpRequest,
    access: Access,
    template: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {
        "dialogue": access.dialogue,
        "may": {right.name.lower(): access.may(right) for right in Permission},
        "here": request.resolver_match.url_name if request.resolver_match else "",
    }
    return render(request, template, context, status=status)


def others_at(request: HttpRequest, what: str, dialogue: Dialogue) -> Company:
    """Note that somebody has a form open, and give those who have it open too."""
    place, at = f"{what} {dialogue.public_id}", now()
    has_others = note_presence(place=place, by=who(request), at=at)
    return company(who(request), place, at=at, has_others=has_others)


def back_to(name: str, dialogue: Dialogue, *more: object) -> HttpResponse:
    return redirect(f"dialogues:{name}", dialogue.public_id, *more)


def planks(dialogue: Dialogue, steps: list[Step] | None = None) -> list[Plank]:
    """Give the steps as the jetty draws them, each leading to its page in the workspace."""
    return [
        Plank(
            title=step.get_kind_display(),
            state=PLANKS[StepState(step.state)],
            residents=step.residents_take_part,
            url=reverse("dialogues:step", args=[dialogue.public_id, step.position]),
        )
        for step in (steps if steps is not None else steps_of(dialogue))
    ]


def is_complex(dialogue: Dialogue) -> bool:
    return dialogue.form == DialogueForm.COMPLEX
