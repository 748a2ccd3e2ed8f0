"""Decisions: written down with an answer to each proposal, published, and amended in public."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.core.ui.sorting import Sorting
from brygga.dialogues.queries import Access
from brygga.tools.outcomes.enums import AmendmentKind, MinutesState
from brygga.tools.outcomes.forms.decisions import AmendmentForm, DecisionForm, initial_of
from brygga.tools.outcomes.models import Decision
from brygga.tools.outcomes.operations.decisions import (
    AlreadyAmendedError,
    DecisionExistsError,
    amend_decision,
    edit_decision,
    publish_decision,
    record_decision,
)
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ChangedMeanwhileError,
    NotPublishedError,
)
from brygga.tools.outcomes.queries import desk as rows
from brygga.tools.outcomes.views.workspace import desk


@require_safe
def decisions(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id)
    sorting = Sorting.asked_for(request, rows.DECISION_ORDERS, "-decided_on")
    page = desk.one_page_of(request, rows.list_decisions(access.dialogue, order=sorting.order_by))
    return desk.page(
        request, access, "outcomes/workspace/decisions.html", page=page, sorting=sorting
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    form = _form(request, access, {"minutes": MinutesState.NOT_YET})
    if request.method == "POST" and form.is_valid():
        try:
            decision = record_decision(
                dialogue=access.dialogue,
                ruling=form.ruling(),
                by=desk.who(request),
                at=desk.now(),
                client_key=form.key,
            )
        except DecisionExistsError:
            form.add_error(None, _("This decision has been written down already."))
        else:
            return desk.back_to("decision_edit", access.dialogue, decision.public_id)
    return desk.page(
        request, access, "outcomes/workspace/decision.html", status=desk.status_of(form), form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: HttpRequest, public_id: str, decision_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    found = rows.get_decision_in(access.dialogue, decision_id)
    form = _form(request, access, initial_of(found))
    if request.method == "POST" and form.is_valid() and _saved(request, found, form):
        messages.success(request, _("Saved."))
        return desk.back_to("decision_edit", access.dialogue, decision_id)
    return _show(request, access, found, form, AmendmentForm())


@require_POST
def decision_publish(request: HttpRequest, public_id: str, decision_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    found = rows.get_decision_in(access.dialogue, decision_id)
    publish_decision(decision=found, by=desk.who(request), at=desk.now())
    messages.success(request, _("Published. Those who follow get a letter."))
    return desk.back_to("decision_edit", access.dialogue, decision_id)


@require_POST
def decision_amend(request: HttpRequest, public_id: str, decision_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    found = rows.get_decision_in(access.dialogue, decision_id)
    form = AmendmentForm(request.POST)
    if form.is_valid() and _amended(request, found, form):
        return desk.back_to("decision_edit", access.dialogue, decision_id)
    own = DecisionForm(
        dialogue=access.dialogue,
        proposals=rows.proposals_to_answer(access.dialogue),
        today=localdate(),
        initial=initial_of(found),
    )
    return _show(request, access, found, own, form)


def _form(request: HttpRequest, access: Access, initial: dict[str, object]) -> DecisionForm:
    return DecisionForm(
        request.POST or None,
        dialogue=access.dialogue,
        proposals=rows.proposals_to_answer(access.dialogue),
        today=localdate(),
        initial=initial,
    )


def _saved(request: HttpRequest, found: Decision, form: DecisionForm) -> bool:
    try:
        edit_decision(
            decision=found,
            ruling=form.ruling(),
            version=form.opened_version,
            by=desk.who(request),
            at=desk.now(),
        )
    except AlreadyPublishedError:
        form.add_error(None, _("It is published. Say below what has happened since."))
    except ChangedMeanwhileError:
        form.add_error(
            None,
            _("Somebody else has changed it. Your text is still here; open the page anew beside."),
        )
    except DecisionExistsError:
        form.add_error(None, _("This decision has been written down already."))
    else:
        return True
    return False


def _amended(request: HttpRequest, found: Decision, form: AmendmentForm) -> bool:
    try:
        amend_decision(
            decision=found,
            kind=AmendmentKind(form.cleaned_data["kind"]),
            text=form.cleaned_data["text"],
            by=desk.who(request),
            at=desk.now(),
        )
    except NotPublishedError:
        form.add_error(None, _("It is not published yet. Change it instead."))
    except AlreadyAmendedError:
        form.add_error("kind", _("That has been told already."))
    else:
        return True
    return False


def _show(
    request: HttpRequest,
    access: Access,
    found: Decision,
    form: DecisionForm,
    amendment_form: AmendmentForm,
) -> HttpResponse:
    return desk.page(
        request,
        access,
        "outcomes/workspace/decision.html",
        status=max(desk.status_of(form), desk.status_of(amendment_form)),
        form=form,
        decision=found,
        amendments=rows.amendments_of(found),
        amendment_form=amendment_form,
    )
