"""The voices under insights, in one question: a few in their own words, all of them counted.

Only what is published is quoted; what waits, is hidden, withdrawn or kept for the team is counted
and not shown. Of a voice come its words, language and channel alone: nothing that could lead to
whoever said it. The order within a level is that of random ids, so that it tells of no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from brygga.dialogues.enums import Channel, ContributionState

QUOTES = 5  # of each insight or perspective, in the walk

# A link is a voice under an insight, cited directly or through a perspective. What is reached only
# through a perspective that is not public is counted with the insight and never quoted.
WALK = """
    WITH link AS (
        SELECT insight_id, NULL::bigint AS perspective_id, contribution_id, TRUE AS is_public
        FROM dialogues_insight_contributions WHERE insight_id = ANY(%(insights)s)
        UNION ALL
        SELECT cited.insight_id, CASE WHEN perspective.is_public THEN perspective.id END,
            shared.contribution_id, perspective.is_public
        FROM dialogues_insight_perspectives cited
        JOIN dialogues_perspective perspective ON perspective.id = cited.perspective_id
        JOIN dialogues_perspective_contributions shared ON shared.perspective_id = perspective.id
        WHERE cited.insight_id = ANY(%(insights)s)
    ), voice AS (
        SELECT link.insight_id, link.perspective_id, spoken.id, spoken.public_id, spoken.text,
            spoken.language, spoken.channel,
            spoken.state = %(published)s AND bool_or(link.is_public) AS is_open
        FROM link JOIN dialogues_contribution spoken ON spoken.id = link.contribution_id
        GROUP BY link.insight_id, link.perspective_id, spoken.id
    ), placed AS (
        SELECT *, row_number() OVER (
            PARTITION BY insight_id, perspective_id, is_open ORDER BY public_id
        ) AS place FROM voice
    )
    SELECT insight_id, perspective_id, text, language, channel, 1, 1
    FROM placed WHERE is_open AND place <= %(quotes)s
    UNION ALL
    SELECT insight_id, perspective_id, NULL, NULL, NULL, count(DISTINCT id),
        count(DISTINCT id) FILTER (WHERE is_open)
    FROM voice GROUP BY insight_id, perspective_id
    UNION ALL
    SELECT insight_id, 0, NULL, NULL, NULL, count(DISTINCT id),
        count(DISTINCT id) FILTER (WHERE is_open)
    FROM voice GROUP BY GROUPING SETS ((insight_id), ())
"""
WHOLE = 0  # in place of a perspective: all under the insight, or without one all in the walk


@dataclass(frozen=True)
class Quote:
    text: str
    language: str
    channel: str

    @property
    def source(self) -> str:
        return str(Channel(self.channel).label)


@dataclass(frozen=True)
class Heard:
    """The voices at one place in the walk: all counted, a few of the published ones quoted."""

    quotes: tuple[Quote, ...] = ()
    total: int = 0
    published: int = 0

    @property
    def more(self) -> int:
        return self.published - len(self.quotes)

    @property
    def unseen(self) -> int:
        return self.total - self.published


Place = tuple[int | None, int | None]  # an insight, and the perspective where it came through one
Row = tuple[int | None, int | None, str | None, str, str, int, int]


@dataclass(frozen=True)
class Voices:
    places: dict[Place, Heard]

    @property
    def total(self) -> int:
        """How many different voices there are in the whole walk."""
        return self.places.get((None, WHOLE), Heard()).total

    def of_insight(self, insight_id: int) -> int:
        """How many different voices there are under an insight, however they came there."""
        return self.places.get((insight_id, WHOLE), Heard()).total

    def under(self, insight_id: int, perspective_id: int | None = None) -> Heard:
        return self.places.get((insight_id, perspective_id), Heard())


def voices_under(insight_ids: Sequence[int]) -> Voices:
    quotes: dict[Place, list[Quote]] = {}
    counts: dict[Place, tuple[int, int]] = {}
    for insight, perspective, text, language, channel, total, published in _rows(insight_ids):
        place = (insight, perspective)
        if text is None:
            counts[place] = (total, published)
        else:
            quotes.setdefault(place, []).append(Quote(text, language, channel))
    return Voices(
        {place: Heard(tuple(quotes.get(place, ())), *count) for place, count in counts.items()}
    )


def _rows(insight_ids: Sequence[int]) -> list[Row]:
    if not insight_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            WALK,
            {
                "insights": list(insight_ids),
                "published": ContributionState.PUBLISHED.value,
                "quotes": QUOTES,
            },
        )
        rows: list[Row] = cursor.fetchall()
    return rows
