"""What anybody may read: the list, a dialogue, and what was concluded."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.core.ui.paging import page_of
from brygga.core.ui.steps import Step as Plank
from brygga.core.ui.steps import StepState as PlankState
from brygga.dialogues.enums import DialogueForm, StepState
from brygga.dialogues.forms.following import FollowForm
from brygga.dialogues.forms.listing import ListForm
from brygga.dialogues.models import Step
from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.listing import list_dialogues
from brygga.dialogues.queries.public_insight import get_public_insight
from brygga.dialogues.queries.public_page import get_public_page

PER_PAGE = 20
PLANKS = {
    StepState.DONE: PlankState.DONE,
    StepState.CURRENT: PlankState.NOW,
    StepState.COMING: PlankState.COMING,
    StepState.LEFT: PlankState.COMING,
}


@login_not_required
@require_safe
@cache_control(private=True)
def dialogue_list(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.GET, reader=request.user)
    wanted = form.wanted()
    page = page_of(request, list_dialogues(request.user, wanted), PER_PAGE, name="sida")
    return render(request, "dialogues/list.html", {"form": form, "page": page, "wanted": wanted})


@login_not_required
@require_safe
@cache_control(private=True)
def detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    now = timezone.now()
    page = get_public_page(public_id, request.user, request.COOKIES, at=now)
    if page.dialogue.slug != slug:
        return redirect(page.dialogue, permanent=True)
    context = {
        "page": page,
        "dialogue": page.dialogue,
        "planks": [plank(step) for step in page.steps],
        "has_jetty": page.dialogue.form == DialogueForm.COMPLEX,
        "follow_form": FollowForm(at=now),
        **page.dialogue.organisation.as_owner(),
    }
    return render(request, "dialogues/detail.html", context)


@login_not_required
@require_safe
@cache_control(private=True)
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead on from the address that fits on a poster."""
    return redirect(get_public_dialogue(public_id, request.user))


@login_not_required
@require_safe
@cache_control(private=True)
def insight(request: HttpRequest, slug: str, public_id: str, insight_id: str) -> HttpResponse:
    page = get_public_insight(public_id, insight_id, request.user)
    if page.dialogue.slug != slug:
        return redirect("dialogues:insight", page.dialogue.slug, public_id, insight_id)
    context = {
        "page": page,
        "dialogue": page.dialogue,
        "insight": page.insight,
        **page.dialogue.organisation.as_owner(),
    }
    return render(request, "dialogues/insight.html", context)


def plank(step: Step) -> Plank:
    return Plank(
        title=step.get_kind_display(),
        state=PLANKS[StepState(step.state)],
        residents=step.residents_take_part,
        note=step.public_text.splitlines()[0] if step.public_text else "",
    )
