"""Writing proposals down, publishing them and taking them back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.core.ui.sorting import Sorting
from brygga.dialogues.queries import Access
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.forms.lists import ProposalFilter
from brygga.tools.outcomes.forms.proposals import ProposalForm, ReasonForm, initial_of
from brygga.tools.outcomes.models import Proposal
from brygga.tools.outcomes.operations.errors import (
    AlreadyPublishedError,
    ChangedMeanwhileError,
    NotPublishedError,
)
from brygga.tools.outcomes.operations.proposals import (
    RestsOnNothingError,
    draft_proposal,
    edit_proposal,
    publish_proposal,
    withdraw_proposal,
)
from brygga.tools.outcomes.queries import desk as rows
from brygga.tools.outcomes.views.workspace import desk


@require_safe
def proposals(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id)
    sorting = Sorting.asked_for(request, rows.PROPOSAL_ORDERS, "created_at")
    form = ProposalFilter(request.GET)
    found = rows.list_proposals(access.dialogue, state=form.chosen("state"), order=sorting.order_by)
    page = desk.one_page_of(request, found)
    return desk.page(
        request, access, "outcomes/workspace/proposals.html", page=page, form=form, sorting=sorting
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    offered = rows.insights_to_rest_on(access.dialogue, None)
    form = ProposalForm(request.POST or None, insights=offered)
    if request.method == "POST" and form.is_valid():
        proposal = draft_proposal(
            dialogue=access.dialogue,
            wording=form.wording(),
            by=desk.who(request),
            at=desk.now(),
            client_key=form.key,
        )
        return desk.back_to("proposal", access.dialogue, proposal.public_id)
    return desk.page(
        request, access, "outcomes/workspace/proposal.html", status=desk.status_of(form), form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    access = desk.recorder(request, public_id)
    found = rows.get_proposal_in(access.dialogue, proposal_id)
    form = ProposalForm(
        request.POST or None,
        insights=rows.insights_to_rest_on(access.dialogue, found),
        initial=initial_of(found),
    )
    if request.method == "POST" and form.is_valid() and _saved(request, found, form):
        messages.success(request, _("Saved."))
        return desk.back_to("proposal", access.dialogue, proposal_id)
    return _show(request, access, found, form, ReasonForm())


@require_POST
def proposal_state(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """Publish a proposal, or withdraw it with a reason."""
    access = desk.recorder(request, public_id)
    found = rows.get_proposal_in(access.dialogue, proposal_id)
    if request.POST.get("do") == "withdraw":
        form = ReasonForm(request.POST)
        if not form.is_valid() or not _withdrawn(request, found, form):
            return _show(request, access, found, _unbound(access, found), form)
    else:
        _publish(request, found)
    return desk.back_to("proposal", access.dialogue, proposal_id)


def _publish(request: HttpRequest, found: Proposal) -> None:
    try:
        publish_proposal(proposal=found, by=desk.who(request), at=desk.now())
        messages.success(request, _("Published. Everybody can read it now."))
    except RestsOnNothingError:
        messages.error(
            request,
            _("Nothing was published: choose a published conclusion that it rests on, and save."),
        )


def _withdrawn(request: HttpRequest, found: Proposal, form: ReasonForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        withdraw_proposal(proposal=found, reason=reason, by=desk.who(request), at=desk.now())
    except NotPublishedError:
        form.add_error(None, _("Only what has been published is withdrawn."))
        return False
    return True


def _saved(request: HttpRequest, found: Proposal, form: ProposalForm) -> bool:
    try:
        edit_proposal(
            proposal=found,
            wording=form.wording(),
            version=form.opened_version,
            by=desk.who(request),
            at=desk.now(),
        )
    except AlreadyPublishedError:
        form.add_error(None, _("It is published. Withdraw it with a reason, and write a new one."))
    except ChangedMeanwhileError:
        form.add_error(
            None,
            _("Somebody else has changed it. Your text is still here; open the page anew beside."),
        )
    else:
        return True
    return False


def _unbound(access: Access, found: Proposal) -> ProposalForm:
    offered = rows.insights_to_rest_on(access.dialogue, found)
    return ProposalForm(insights=offered, initial=initial_of(found))


def _show(
    request: HttpRequest,
    access: Access,
    found: Proposal,
    form: ProposalForm,
    withdraw_form: ReasonForm,
) -> HttpResponse:
    return desk.page(
        request,
        access,
        "outcomes/workspace/proposal.html",
        status=max(desk.status_of(form), desk.status_of(withdraw_form)),
        form=form,
        proposal=found,
        is_draft=found.state == ProposalState.DRAFT,
        withdraw_form=withdraw_form,
    )
