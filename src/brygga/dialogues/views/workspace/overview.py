"""Today, the list of my dialogues, and one dialogue as its steps."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.registry import registry as core_registry
from brygga.core.ui.sorting import Sorting
from brygga.dialogues.enums import DialogueState, StepKind
from brygga.dialogues.forms.dialogue import EditDialogueForm, LinkForm, NewDialogueForm
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.copying import open_from_template
from brygga.dialogues.operations.dialogues import edit_dialogue, link_to_earlier
from brygga.dialogues.queries.access import Access, organisations_to_open_in
from brygga.dialogues.queries.start_check import check_day, start_check
from brygga.dialogues.queries.starters import get_starter, starters_for
from brygga.dialogues.queries.steps import checklist_of, log_of, steps_of
from brygga.dialogues.queries.workspace import (
    SORTS,
    desk_of,
    earlier_choices,
    earlier_offered,
    links_of,
)
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import (
    back_to,
    enter,
    is_complex,
    now,
    others_at,
    page,
    planks,
    posted,
    who,
)

PER_PAGE = 20
NEWEST_IN_LOG = 5


class DeskFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *DialogueState.choices], required=False
    )


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    at = now()
    context = {
        "items": core_registry.today_items(who(request), at),
        "dialogues": desk_of(who(request), at=at, sort="created", is_descending=True)[:6],
        "step_labels": StepKind.choices,
        "may_open": bool(organisations_to_open_in(who(request), at=at)),
        "today": localdate(at),
    }
    return render(request, "dialogues/workspace/today.html", context)


@require_GET
def dialogue_list(request: HttpRequest) -> HttpResponse:
    at = now()
    form = DeskFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    sorting = Sorting.asked_for(request, SORTS, "title")
    dialogues = desk_of(
        who(request),
        at=at,
        words=wanted.get("q", ""),
        state=wanted.get("state", ""),
        sort=sorting.key,
        is_descending=sorting.is_descending,
    )
    context = {
        "page": Paginator(dialogues, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "is_filtered": bool(wanted.get("q") or wanted.get("state")),
        "sorting": None if wanted.get("q") else sorting,
        "step_labels": StepKind.choices,
        "may_open": bool(organisations_to_open_in(who(request), at=at)),
    }
    return render(request, "dialogues/workspace/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    at = now()
    organisations = organisations_to_open_in(who(request), at=at)
    if not organisations:
        raise Http404
    starter = get_starter(request.GET.get("mall", ""), organisations)
    initial = starter.initial if starter else None
    form = NewDialogueForm(posted(request), organisations=organisations, initial=initial)
    if request.method == "POST" and form.is_valid():
        dialogue = open_from_template(
            organisation=form.cleaned_data["organisation"],
            new=form.new(),
            template=starter.content if starter else {},
            by=who(request),
            at=at,
        )
        return back_to("workspace", dialogue)
    starters = starters_for(organisations)
    context = {"form": form, "starter": starter, "starters": starters}
    return render(request, "dialogues/workspace/new.html", context)


@require_GET
def workspace(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    dialogue, current = access.dialogue, access.current_step
    steps = steps_of(dialogue)
    check = start_check(dialogue, dialogue.mandate, on=check_day(dialogue, localdate(now())))
    return page(
        request,
        access,
        "dialogues/workspace/dialogue.html",
        steps=steps,
        planks=planks(dialogue, steps),
        is_complex=is_complex(dialogue),
        current=current,
        checklist=checklist_of(current) if current else None,
        cards=registry.workspace_cards(current, who(request)) if current else [],
        check=check,
        links=links_of(dialogue),
        log=log_of(dialogue)[:NEWEST_IN_LOG],
    )


def joining(request: HttpRequest) -> list[int]:
    """Give the organisations whose bodies this person can make owners of a joint dialogue."""
    return organisations_to_open_in(who(request), at=now())


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_DIALOGUE)
    dialogue = access.dialogue
    form = EditDialogueForm(posted(request), instance=dialogue, organisations=joining(request))
    if request.method == "POST" and form.is_valid():
        try:
            edit_dialogue(
                dialogue=dialogue,
                before=form.before,
                after=form.after,
                bodies=form.cleaned_data["bodies"],
                offered=form.offered,
                themes=form.cleaned_data["themes"],
                by=who(request),
                at=now(),
            )
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        else:
            return back_to("workspace", dialogue)
    return edit_page(request, access, form, _link_form(request, dialogue))


def edit_page(
    request: HttpRequest,
    access: Access,
    form: EditDialogueForm,
    link_form: LinkForm,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        access,
        "dialogues/workspace/edit.html",
        status=status,
        form=form,
        company=others_at(request, "dialogue", access.dialogue),
        link_form=link_form,
        words=_words(request),
        links=links_of(access.dialogue),
    )


def _link_form(request: HttpRequest, dialogue: Dialogue, data: QueryDict | None = None) -> LinkForm:
    user, at = who(request), now()
    choices = earlier_choices(dialogue, user, at=at)
    offered = earlier_offered(dialogue, user, words=_words(request), at=at)
    return LinkForm(data, choices=choices, offered=offered)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:100]


@require_POST
def link(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_DIALOGUE)
    form = _link_form(request, access.dialogue, request.POST)
    if not form.is_valid():
        unchanged = EditDialogueForm(instance=access.dialogue, organisations=joining(request))
        return edit_page(request, access, unchanged, form, status=422)
    link_to_earlier(
        dialogue=access.dialogue,
        earlier=form.cleaned_data["earlier"],
        how=form.cleaned_data["how"],
        by=who(request),
        at=now(),
    )
    return redirect("dialogues:edit", access.dialogue.public_id)
