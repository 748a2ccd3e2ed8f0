"""What has been said, as the team sees it."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from brygga.core.spelling import find_in_text
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution, Dialogue, Perspective

GONE = (ContributionState.HIDDEN, ContributionState.WITHDRAWN, ContributionState.ERASED)


def contributions_of(
    dialogue: Dialogue, *, words: str = "", channel: str = "", state: str = ""
) -> QuerySet[Contribution]:
    """List voices, each with its perspectives: the latest first, or what is asked for best."""
    voices = Contribution.objects.filter(dialogue=dialogue).order_by("-received_at", "-pk")
    if channel:
        voices = voices.filter(channel=channel)
    if state:
        voices = voices.filter(state=state)
    return find_in_text(voices, words).prefetch_related("perspectives")


def voices_by_state(dialogue: Dialogue) -> dict[str, int]:
    """Count the dialogue's voices in each state, from an index alone."""
    counted = Contribution.objects.filter(dialogue=dialogue).order_by().values_list("state")
    return dict(counted.annotate(Count("pk")))


def get_contribution_in(dialogue: Dialogue, public_id: str) -> Contribution:
    contribution = Contribution.objects.filter(dialogue=dialogue, public_id=public_id).first()
    if contribution is None:
        raise Http404
    return contribution


def perspectives_of(dialogue: Dialogue) -> QuerySet[Perspective]:
    """List perspectives with the number of voices that share each."""
    return (
        Perspective.objects.filter(dialogue=dialogue)
        .annotate(
            voice_count=Count(
                "contributions", filter=~Q(contributions__state__in=GONE), distinct=True
            )
        )
        .order_by("-voice_count", "title", "pk")
    )


def get_perspective_in(dialogue: Dialogue, public_id: str) -> Perspective:
    perspective = Perspective.objects.filter(dialogue=dialogue, public_id=public_id).first()
    if perspective is None:
        raise Http404
    return perspective


def voices_sharing(perspective: Perspective) -> QuerySet[Contribution]:
    return perspective.contributions.exclude(state__in=GONE).order_by("-received_at", "-pk")


def voices_to_link(perspective: Perspective, *, words: str = "") -> QuerySet[Contribution]:
    """List voices that might share the perspective too, those in no perspective first."""
    voices = Contribution.objects.filter(dialogue=perspective.dialogue_id).exclude(
        Q(state__in=GONE) | Q(pk__in=perspective.contributions.values("pk"))
    )
    held = voices.annotate(held=Count("perspectives")).order_by("held", "-received_at", "-pk")
    return find_in_text(held, words)


def chosen_voices(dialogue: Dialogue, public_ids: list[str]) -> list[Contribution]:
    """Give the chosen voices of this dialogue; ids from elsewhere count for nothing."""
    return list(
        Contribution.objects.filter(dialogue=dialogue, public_id__in=public_ids)
        .exclude(state__in=GONE)
        .order_by("pk")
    )
