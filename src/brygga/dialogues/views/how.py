"""“Så har vi gjort”: what everybody may read of the process diary."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.diary import public_diary_of

PER_PAGE = 50


@login_not_required
@require_safe
@cache_control(private=True)
def how(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    dialogue = get_public_dialogue(public_id, request.user)
    if dialogue.slug != slug:
        return redirect("dialogues:how", dialogue.slug, public_id)
    entries = Paginator(public_diary_of(dialogue), PER_PAGE)
    context = {
        "dialogue": dialogue,
        "page": entries.get_page(request.GET.get("page")),
        **dialogue.organisation.as_owner(),
    }
    return render(request, "dialogues/how.html", context)
