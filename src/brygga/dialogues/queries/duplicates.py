"""Contributions of the same dialogue that seem to say the same. A person judges whether they do."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector

from brygga.core.search import SWEDISH
from brygga.core.text.trigrams import similarity
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution

ALIKE = 0.4  # our own threshold, of common trigrams
CANDIDATES = 40
SHOWN = 5
TELLING_WORDS = 12
IN_FULL_TEXT = SearchVector("text", config=SWEDISH)  # the same as the index
STANDING = (ContributionState.PUBLISHED, ContributionState.WAITING, ContributionState.INTERNAL)


@dataclass(frozen=True)
class Alike:
    voice: Contribution
    percent: int


def duplicates_of(voice: Contribution) -> list[Alike]:
    """Suggest what may say the same: found by its words, then compared by trigrams."""
    words = sorted(set(re.findall(r"\w{4,}", voice.text.casefold())), key=len)[-TELLING_WORDS:]
    if not words:
        return []
    query = SearchQuery(
        " | ".join(f"'{word}'" for word in words), search_type="raw", config=SWEDISH
    )
    candidates = (
        Contribution.objects.annotate(words=IN_FULL_TEXT)
        .filter(words=query, dialogue=voice.dialogue_id, state__in=STANDING)
        .exclude(pk=voice.pk)
        .annotate(rank=SearchRank(IN_FULL_TEXT, query))
        .order_by("-rank", "pk")[:CANDIDATES]
    )
    compared = [
        Alike(other, round(100 * similarity(voice.text, other.text))) for other in candidates
    ]
    alike = [each for each in compared if each.percent >= 100 * ALIKE]
    return sorted(alike, key=lambda each: (-each.percent, each.voice.pk))[:SHOWN]
