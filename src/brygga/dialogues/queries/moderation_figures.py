"""What everybody may know of the moderation in a dialogue, without pointing anybody out."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Subquery

from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import Contribution, Dialogue, ModerationEvent
from brygga.dialogues.queries.grounds import label_of

FEW = 5


@dataclass(frozen=True)
class Figures:
    """Numbers under five are not told, nor what would give them away by subtraction."""

    hidden: int | None
    by_ground: tuple[tuple[str, int], ...]
    has_few: bool
    assessed: int | None
    changed: int | None
    is_empty: bool


def figures_of(dialogue: Dialogue) -> Figures:
    counts = _hidden(dialogue)
    shown = tuple((label_of(code), count) for code, count in counts.items() if count >= FEW)
    few = [count for count in counts.values() if 0 < count < FEW]
    total = sum(counts.values())
    assessed, changed = _assessed(dialogue)
    tells_changed = changed >= FEW and assessed - changed not in range(1, FEW)
    return Figures(
        # With few left out, the total would tell how many they are.
        hidden=total if not few else None,
        by_ground=shown,
        has_few=bool(few),
        assessed=assessed if assessed >= FEW or not assessed else None,
        changed=changed if tells_changed or (not changed and assessed >= FEW) else None,
        is_empty=not total and not assessed,
    )


def _hidden(dialogue: Dialogue) -> dict[str, int]:
    """Count what is hidden now by the ground of its latest decision; the commonest first."""
    latest = ModerationEvent.objects.filter(
        contribution=OuterRef("pk"), kind=ModerationStep.DECIDED
    ).order_by("-pk")
    rows = (
        Contribution.objects.filter(dialogue=dialogue, state=ContributionState.HIDDEN)
        .annotate(ground=Subquery(latest.values("ground")[:1]))
        .filter(ground__isnull=False)
        .values_list("ground")
        .annotate(count=Count("pk"))
        .order_by("-count", "ground")
    )
    return dict(rows)


def _assessed(dialogue: Dialogue) -> tuple[int, int]:
    """Count the new assessments that are done, and how many of them changed the decision."""
    decided = ModerationEvent.objects.filter(
        kind=ModerationStep.DECIDED,
        case__dialogue=dialogue,
        case__cause=CaseCause.NEW_ASSESSMENT,
    )
    same = decided.filter(to_state=F("case__contests__to_state"), masks=F("case__contests__masks"))
    total = decided.count()
    return total, total - same.count()
