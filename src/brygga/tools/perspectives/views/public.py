"""Taking part: one statement at a time, own words, and the end."""

import secrets

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from brygga.core.http.human import shown_token
from brygga.core.limits.requests import count_request
from brygga.dialogues.operations.participants import NotIdentifiedError
from brygga.dialogues.queries.moderation import usual_wait
from brygga.tools.perspectives.forms import SuggestForm, VoteForm
from brygga.tools.perspectives.models import Statement
from brygga.tools.perspectives.operations.statements import (
    HoldsPersonalDataError,
    suggest_statement,
)
from brygga.tools.perspectives.operations.votes import (
    NotInThisRoundError,
    RoundIsClosedError,
    cast_vote,
)
from brygga.tools.perspectives.queries import rounds
from brygga.tools.perspectives.views.visit import Visit, language, visit

STATEMENTS_PER_ADDRESS = 400  # a day
CHANCES = 10**9


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_part(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the next statement; a vote comes back here by POST and leads on."""
    here = visit(request, public_id)
    if not here.may_speak:
        return here.page(
            "perspectives/public/closed.html", status=409 if request.method == "POST" else 200
        )
    if here.must_identify:
        return identify_first(here)
    if request.method == "POST":
        return vote(here)
    chance = secrets.randbelow(CHANCES) / CHANCES
    statement = rounds.next_statement(here.round, here.participant, chance)
    if statement is None:
        return redirect("perspectives:done", here.round.public_id)
    return show(here, statement)


@login_not_required
@require_safe
def one_statement(request: HttpRequest, public_id: str, statement_id: str) -> HttpResponse:
    """Show one statement again, to go back or to change one's mind."""
    here = visit(request, public_id)
    if not here.may_speak:
        return here.page("perspectives/public/closed.html")
    if here.must_identify:
        return identify_first(here)
    return show(here, rounds.get_statement(here.round, statement_id))


def identify_first(here: Visit) -> HttpResponse:
    """Lead to the choice of e-ID; what was sent too early stands on the page that says so."""
    posted, back = here.request.POST, here.request.path
    if statement := posted.get("statement", ""):
        rounds.get_statement(here.round, statement)
        back = reverse("perspectives:statement", args=[here.round.public_id, statement])
    address = reverse("dialogues:identify", args=[here.round.dialogue.public_id])
    address = f"{address}?{urlencode({'next': back})}"
    if here.request.method != "POST":
        return redirect(address)
    context = {"identify_at": address, "text": posted.get("text", "")}
    return here.page("perspectives/public/identify_first.html", status=403, **context)


def show(here: Visit, statement: Statement, status: int = 200) -> HttpResponse:
    return here.page(
        "perspectives/public/take_part.html",
        status=status,
        statement=statement,
        vote=rounds.vote_of(here.participant, statement),
        progress=rounds.progress(here.round, here.participant),
        shown=shown_token(here.at),
        previous=rounds.previous_statement(here.round, here.participant, statement),
        has_fault=status != 200,
    )


def vote(here: Visit) -> HttpResponse:
    form = VoteForm(here.request.POST)
    statement = rounds.get_statement(here.round, here.request.POST.get("statement", ""))
    if not form.is_valid():
        return show(here, statement, status=422)
    try:
        cast_vote(
            statement=statement,
            participant=here.take_part(form.cleaned_data["shown"]),
            value=form.cleaned_data["value"],
            is_important=form.cleaned_data["is_important"],
            at=here.at,
        )
    except NotIdentifiedError:
        return identify_first(here)
    except (RoundIsClosedError, NotInThisRoundError):
        return here.page("perspectives/public/closed.html", status=409)
    return _see(here, reverse("perspectives:take_part", args=[here.round.public_id]))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_words(request: HttpRequest, public_id: str) -> HttpResponse:
    here = visit(request, public_id)
    if not (here.may_speak and here.round.residents_may_add):
        return here.page(
            "perspectives/public/closed.html", status=409 if request.method == "POST" else 200
        )
    if here.must_identify:
        return identify_first(here)
    form = SuggestForm(request.POST if request.method == "POST" else None, at=here.at)
    if request.method == "POST" and form.is_valid():
        return suggest(here, form)
    if form.is_bound:
        form.renew()
    return here.page(
        "perspectives/public/own_words.html",
        status=422 if form.is_bound else 200,
        form=form,
        wait=usual_wait(here.round.dialogue),
    )


def suggest(here: Visit, form: SuggestForm) -> HttpResponse:
    count_request(
        here.request,
        scope=f"statement:{here.round.public_id}",
        limit=STATEMENTS_PER_ADDRESS,
        at=here.at,
    )
    try:
        statement = suggest_statement(
            statement_round=here.round,
            participant=here.take_part(form.data.get("shown", "")),
            text=form.cleaned_data["text"],
            language=language(),
            client_key=form.once,
            author_is_sure=form.cleaned_data["is_sure"],
            at=here.at,
        )
    except HoldsPersonalDataError as error:
        form.ask_again([finding.kind for finding in error.findings])
        form.renew()
        wait = usual_wait(here.round.dialogue)
        return here.page("perspectives/public/own_words.html", status=422, form=form, wait=wait)
    except NotIdentifiedError:
        return identify_first(here)
    except (RoundIsClosedError, NotInThisRoundError):
        return here.page("perspectives/public/closed.html", status=409)
    address = reverse("perspectives:own_words_sent", args=[here.round.public_id])
    return _see(here, f"{address}?vantar={int(statement.waits)}")


@login_not_required
@require_safe
def own_words_sent(request: HttpRequest, public_id: str) -> HttpResponse:
    here = visit(request, public_id)
    return here.page(
        "perspectives/public/own_words_sent.html",
        waits=request.GET.get("vantar") == "1",
        wait=usual_wait(here.round.dialogue),
    )


@login_not_required
@require_safe
def my_answers(request: HttpRequest, public_id: str) -> HttpResponse:
    here = visit(request, public_id)
    answers = rounds.votes_by(here.round, here.participant)
    return here.page("perspectives/public/my_answers.html", answers=answers)


def _see(here: Visit, address: str) -> HttpResponse:
    """Lead on with 303, so that a reload never sends the form again."""
    response = redirect(address)
    response.status_code = 303
    return here.remembered(response)
