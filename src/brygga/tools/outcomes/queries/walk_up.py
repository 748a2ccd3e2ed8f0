"""From voices up to what became of them, and from insights up to what rests on them.

The number of questions to the database is the same however many voices are asked for. Nothing is
told that is not published; what a voice is told of another, nobody learns.
"""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.dialogues.enums import InsightState
from brygga.dialogues.models import Insight, Perspective
from brygga.dialogues.registry import Outcome, Use
from brygga.tools.outcomes.enums import ProposalState
from brygga.tools.outcomes.models import Action, Proposal, ProposalVerdict
from brygga.tools.outcomes.queries.decision_page import latest_updates
from brygga.tools.outcomes.queries.overview import public_verdicts

Links = dict[int, list[int]]


def what_became_of(contribution_ids: Sequence[int]) -> Iterator[Outcome]:
    """Tell of each voice the proposals, verdicts, measures and follow-ups that it led to."""
    insights_of = _insights_over(contribution_ids)
    proposals_of = _proposals_over({pk for pks in insights_of.values() for pk in pks})
    keys = {pk for pks in proposals_of.values() for pk in pks}
    proposals = {proposal.pk: proposal for proposal in _with_outcomes(keys)}
    for voice, insights in insights_of.items():
        over = {pk for insight in insights for pk in proposals_of.get(insight, ())}
        for key in sorted(over):
            yield from _outcomes(voice, proposals[key])


def rests_on(insight_ids: Sequence[int]) -> Iterator[Use]:
    """Tell what rests on each insight: proposals, and the decisions on them."""
    proposals_of = _proposals_over(set(insight_ids))
    keys = {pk for pks in proposals_of.values() for pk in pks}
    proposals = {proposal.pk: proposal for proposal in _with_outcomes(keys)}
    for insight, over in proposals_of.items():
        for key in sorted(over):
            proposal = proposals[key]
            yield Use(insight, gettext("Proposal"), proposal.title, proposal_url(proposal))
            for verdict in proposal.verdicts.all():
                decision = verdict.decision
                title = f"{decision.title}: {verdict.get_verdict_display()}"
                yield Use(insight, gettext("Decision"), title, verdict_url(verdict))


def proposal_url(proposal: Proposal) -> str:
    return f"{_overview(proposal)}#forslag-{proposal.public_id}"


def action_url(action: Action) -> str:
    return f"{_overview(action)}#atgard-{action.public_id}"


def verdict_url(verdict: ProposalVerdict) -> str:
    return f"{verdict.decision.get_absolute_url()}#forslag-{verdict.proposal.public_id}"


def _overview(row: Proposal | Action) -> str:
    return reverse("outcomes:overview", args=[row.dialogue.slug, row.dialogue.public_id])


def _outcomes(voice: int, proposal: Proposal) -> Iterator[Outcome]:
    published = localdate(proposal.published_at) if proposal.published_at else None
    yield Outcome(voice, gettext("Proposal"), proposal.title, published, proposal_url(proposal))
    for verdict in proposal.verdicts.all():
        decision = verdict.decision
        text = f"{verdict.get_verdict_display()} – {decision.title}"
        yield Outcome(voice, gettext("Decision"), text, decision.decided_on, verdict_url(verdict))
    for action in proposal.actions.all():
        updates = action.updates.all()
        on = localdate(updates[0].at) if updates else action.due_on
        text = gettext("{what} ({who}): {state}").format(
            what=action.what, who=action.who, state=action.get_state_display()
        )
        yield Outcome(voice, action.get_kind_display(), text, on, action_url(action))


def _insights_over(contribution_ids: Sequence[int]) -> Links:
    """Find the published insights over each voice, cited directly or through a perspective."""
    published = Insight.objects.filter(state=InsightState.PUBLISHED)
    direct = Insight.contributions.through.objects.filter(
        contribution__in=contribution_ids, insight__in=published
    ).values_list("contribution", "insight")
    shared = Perspective.contributions.through.objects.filter(
        contribution__in=contribution_ids, perspective__insights__in=published
    ).values_list("contribution", "perspective__insights")
    links: Links = {}
    for voice, insight in sorted({*direct, *shared}):
        links.setdefault(voice, []).append(insight)
    return links


def _proposals_over(insight_ids: set[int]) -> Links:
    links: Links = {}
    pairs = Proposal.insights.through.objects.filter(
        insight__in=insight_ids,
        insight__state=InsightState.PUBLISHED,
        proposal__state=ProposalState.PUBLISHED,
    ).values_list("insight", "proposal")
    for insight, proposal in pairs:
        links.setdefault(insight, []).append(proposal)
    return links


def _with_outcomes(keys: set[int]) -> QuerySet[Proposal]:
    actions = (
        Action.objects.filter(is_public=True)
        .select_related("dialogue")
        .prefetch_related(latest_updates())
        .order_by("due_on", "pk")
    )
    return (
        Proposal.objects.filter(pk__in=keys)
        .select_related("dialogue")
        .prefetch_related(public_verdicts(), Prefetch("actions", actions))
    )
