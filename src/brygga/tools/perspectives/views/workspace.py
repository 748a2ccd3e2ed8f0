"""The team's side of statements: set a round up, read what comes in, draw and open the map."""

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries import get_dialogue_for
from brygga.dialogues.rules import Permission
from brygga.tools.perspectives.forms import HideForm, RoundForm, SeedForm
from brygga.tools.perspectives.models import Statement
from brygga.tools.perspectives.operations import rounds as round_operations
from brygga.tools.perspectives.operations import statements as statement_operations
from brygga.tools.perspectives.queries import rounds, statements
from brygga.tools.perspectives.views.people import person

PER_PAGE = 50


def dialogue_for(request: HttpRequest, dialogue_id: str, permission: Permission) -> Dialogue:
    return get_dialogue_for(request.user, dialogue_id, permission, at=timezone.now())


def _page(request: HttpRequest, found: QuerySet[Statement]) -> Page[Statement]:
    return Paginator(found, PER_PAGE).get_page(request.GET.get("page"))


@require_safe
def overview(request: HttpRequest, dialogue_id: str) -> HttpResponse:
    dialogue = dialogue_for(request, dialogue_id, Permission.USE_TOOLS)
    return render(
        request,
        "perspectives/workspace/overview.html",
        {
            "dialogue": dialogue,
            "rounds": rounds.rounds_of(dialogue),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, dialogue_id: str) -> HttpResponse:
    dialogue = dialogue_for(request, dialogue_id, Permission.USE_TOOLS)
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = round_operations.create_round(
            dialogue=dialogue, values=form.cleaned_data, by=person(request), at=timezone.now()
        )
        messages.success(request, gettext("The round is saved. Now write the first statements."))
        return redirect("perspectives:round", made.public_id)
    return _form_page(request, dialogue, form, gettext("New round of statements"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, public_id: str) -> HttpResponse:
    at = timezone.now()
    found = rounds.get_round_for(person(request), public_id, Permission.USE_TOOLS, at=at)
    form = RoundForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        round_operations.change_round(
            statement_round=found, values=form.cleaned_data, by=person(request), at=at
        )
        messages.success(request, gettext("Saved."))
        return redirect("perspectives:round", public_id)
    return _form_page(request, found.dialogue, form, gettext("Change the round"))


def _form_page(
    request: HttpRequest, dialogue: Dialogue, form: RoundForm, title: str
) -> HttpResponse:
    return render(
        request,
        "perspectives/workspace/round_form.html",
        {"dialogue": dialogue, "form": form, "title": title},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_round(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a round with its statements, and take in new ones of the team's own."""
    at = timezone.now()
    found = rounds.get_round_for(person(request), public_id, Permission.USE_TOOLS, at=at)
    form = SeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = statement_operations.add_seed_statements(
            statement_round=found, texts=form.cleaned_data["texts"], by=person(request), at=at
        )
        messages.success(request, gettext("%(count)d statements added.") % {"count": len(made)})
        return redirect("perspectives:round", public_id)
    return render(
        request,
        "perspectives/workspace/round.html",
        {
            "dialogue": found.dialogue,
            "round": found,
            "form": form,
            "page": statements.with_answers(_page(request, statements.statements_of(found))),
            "opinion_map": rounds.latest_map(found),
        },
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, dialogue_id: str, statement_id: str) -> HttpResponse:
    dialogue = dialogue_for(request, dialogue_id, Permission.MODERATE)
    statement = statements.get_statement_of(dialogue, statement_id)
    if statement.contribution is not None:
        return redirect("dialogues:case", dialogue_id, statement.contribution.public_id)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        statement_operations.hide_seed(
            statement=statement,
            reason=form.cleaned_data["reason"],
            by=person(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("The statement is hidden, with the reason."))
        return redirect("perspectives:round", statement.round.public_id)
    return render(
        request,
        "perspectives/workspace/hide.html",
        {"dialogue": dialogue, "statement": statement, "form": form},
        status=422 if form.is_bound else 200,
    )
