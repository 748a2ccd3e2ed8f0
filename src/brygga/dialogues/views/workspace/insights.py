"""Writing what has been heard."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.editing.operations import throw_away_draft
from brygga.core.editing.queries import Drafting, drafting
from brygga.dialogues.enums import InsightState
from brygga.dialogues.forms.insights import InsightForm, WithdrawForm
from brygga.dialogues.models import Insight
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.insights import (
    ForeignCitationError,
    InsightIsPublishedError,
    NothingCitedError,
    draft_insight,
    edit_insight,
    publish_insight,
    withdraw_insight,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.insights import Citable, citable_in, get_insight_in, insights_of
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who


@require_GET
def insights(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    found = list(insights_of(access.dialogue))
    uses = registry.rests_on([insight.pk for insight in found])
    rows = [(insight, uses[insight.pk]) for insight in found]
    return page(request, access, "dialogues/workspace/insights.html", rows=rows)


@require_http_methods(["GET", "POST"])
def insight_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.WRITE_INSIGHTS)
    citable = _citable(request, access)
    draft = _draft(request, public_id)
    form = InsightForm(posted(request), citable=citable, initial=draft.typed)
    if request.method == "POST" and form.is_valid():
        insight = draft_insight(
            dialogue=access.dialogue,
            claim=form.claim(),
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        throw_away_draft(drafting=draft, by=who(request))
        return back_to("insight_edit", access.dialogue, insight.public_id)
    return page(
        request,
        access,
        "dialogues/workspace/insight_edit.html",
        form=form,
        draft=draft,
        words=_words(request),
    )


@require_http_methods(["GET", "POST"])
def insight_edit(request: HttpRequest, public_id: str, insight_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.WRITE_INSIGHTS)
    insight = get_insight_in(access.dialogue, insight_id)
    citable = _citable(request, access, insight)
    draft = _draft(request, insight_id)
    form = InsightForm(
        posted(request), citable=citable, initial=_initial(insight, citable) | draft.typed
    )
    if request.method == "POST" and form.is_valid() and _saved(request, insight, form):
        throw_away_draft(drafting=draft, by=who(request))
        messages.success(request, _("Saved."))
        return back_to("insight_edit", access.dialogue, insight_id)
    return page(
        request,
        access,
        "dialogues/workspace/insight_edit.html",
        form=form,
        draft=draft,
        insight=insight,
        is_draft=insight.state == InsightState.DRAFT,
        withdraw_form=WithdrawForm(),
        words=_words(request),
    )


@require_POST
def insight_state(request: HttpRequest, public_id: str, insight_id: str) -> HttpResponse:
    """Publish an insight, or withdraw it with a reason."""
    access = enter(request, public_id, Permission.PUBLISH_INSIGHTS)
    insight = get_insight_in(access.dialogue, insight_id)
    if request.POST.get("do") == "withdraw":
        form = WithdrawForm(posted(request))
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            withdraw_insight(insight=insight, reason=reason, by=who(request), at=now())
        else:
            messages.error(request, _("Nothing was withdrawn: say why."))
        return back_to("insight_edit", access.dialogue, insight_id)
    try:
        publish_insight(insight=insight, by=who(request), at=now())
    except NothingCitedError:
        messages.error(
            request, _("Nothing was published: choose what the insight rests on, and save.")
        )
    return back_to("insight_edit", access.dialogue, insight_id)


def _saved(request: HttpRequest, insight: Insight, form: InsightForm) -> bool:
    version = form.cleaned_data["version"] or 0
    try:
        edit_insight(
            insight=insight, claim=form.claim(), version=version, by=who(request), at=now()
        )
    except EditConflictError as error:
        fresh = get_insight_in(insight.dialogue, insight.public_id)
        form.show_clashes(error.clashes, fresh.version)
    except InsightIsPublishedError:
        form.add_error(None, _("The insight is published. Withdraw it with a reason."))
    except ForeignCitationError:
        form.add_error("contributions", _("One of the voices has been withdrawn or hidden."))
    else:
        return True
    return False


def _draft(request: HttpRequest, subject: str) -> Drafting:
    """Give what was written and not sent, for this insight or for a new one of the dialogue."""
    names = ("text", "explanation", "version")
    return drafting(who(request), form="insight", subject=subject, names=names, back=request.path)


def _citable(request: HttpRequest, access: Access, insight: Insight | None = None) -> Citable:
    return citable_in(access.dialogue, cited_by=insight, words=_words(request))


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:100]


def _initial(insight: Insight, citable: Citable) -> dict[str, object]:
    return {
        "text": insight.text,
        "explanation": insight.explanation,
        "is_minority_view": insight.is_minority_view,
        "version": insight.version,
        "results": insight.results.values_list("public_id", flat=True),
        "perspectives": insight.perspectives.values_list("public_id", flat=True),
        "contributions": [voice.public_id for voice in citable.cited],
    }
