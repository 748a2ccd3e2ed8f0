"""The result of a round as residents read it: a sentence, the groups, what bridges and divides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import dist
from typing import Any

from brygga.core.ui.charts import Crossing, Group, You
from brygga.dialogues.models import Participant
from brygga.tools.perspectives.enums import MapState
from brygga.tools.perspectives.models import OpinionMap, Statement, StatementRound
from brygga.tools.perspectives.queries.disclosure import KINDS, Cell, is_small, suppressed

LETTERS = "ABCDEF"
AGREEMENT = 60  # percent of each group, for a statement to bridge
DIVIDE = 40  # percent between the groups furthest apart, for a statement to divide
STRAITS_DRAWN = 2
LISTED = 5
MINORITY = 10  # percent at least, to be listed as a minority view in the whole
FEW = 10  # answers, below which a statement has hardly been tried
UNCLEAR = 0.25  # silhouette below which groups are said to flow into each other


@dataclass(frozen=True)
class Row:
    """A statement with all answers, and with each group's; None stands for fewer than five."""

    statement: Statement
    totals: list[Cell]
    groups: list[tuple[str, list[Cell]]]
    share: int  # percent who agree, of all who answered

    @property
    def groups_in_order(self) -> list[tuple[str, list[Cell]]]:
        """Give the groups' cells in the order in which bars show them: agree, pass, disagree."""
        return [(letter, [cells[0], cells[2], cells[1]]) for letter, cells in self.groups]


@dataclass(frozen=True)
class Telling:
    """A statement that tells a group from the others, and which way it leans."""

    row: Row
    agrees: bool


@dataclass(frozen=True)
class GroupView:
    letter: str
    size: Cell
    telling: list[Telling]


@dataclass(frozen=True)
class Result:
    opinion_map: OpinionMap
    groups: list[GroupView]
    bridges: list[Row]
    straits: list[Row]
    divided: int
    minorities: list[Row]
    rows: list[Row]
    islands: list[Group]
    bridge_lines: list[Crossing]
    strait_lines: list[Crossing]
    grouped: int
    few_answers: int
    groups_are_clear: bool

    @property
    def headline(self) -> str:
        """Give the strongest bridge without its full stop, to stand inside a sentence."""
        return self.bridges[0].statement.text.rstrip(" .") if self.bridges else ""


def result_of(opinion_map: OpinionMap | None, *, with_groups: bool) -> Result | None:
    """Give what a page shows of a map; without groups if they are still closed."""
    if opinion_map is None or opinion_map.state != MapState.READY:
        return None
    reading = _Reading(opinion_map, with_groups=with_groups)
    return reading.result()


def you_in(result: Result, participant: Participant | None) -> You | None:
    """Give where a participant stands, if they have answered enough to stand somewhere."""
    if participant is None:
        return None
    for key, x, y, group in result.opinion_map.positions:
        if key == participant.pk and group is not None:
            return You(LETTERS[group], x, y)
    return None


class _Reading:
    """One map being read, with its statements at hand."""

    def __init__(self, opinion_map: OpinionMap, *, with_groups: bool) -> None:
        self.map = opinion_map
        self.document: dict[str, Any] = opinion_map.summary
        self.labels = [group["label"] for group in self.document["groups"]] if with_groups else []
        self.raw = {row["id"]: row for row in self.document["statements"]}
        self.rows = self._read_rows(opinion_map.round)

    def _read_rows(self, statement_round: StatementRound) -> dict[int, Row]:
        visible = Statement.objects.visible().filter(round=statement_round).order_by("number")
        return {
            statement.number: self._row(statement, self.raw[statement.number])
            for statement in visible
            if statement.number in self.raw and any(_counts(self.raw[statement.number]["totals"]))
        }

    def _row(self, statement: Statement, raw: dict[str, Any]) -> Row:
        totals = _counts(raw["totals"])
        table = suppressed([_counts(raw["groups"][label]) for label in self.labels])
        return Row(
            statement=statement,
            totals=suppressed([totals])[0],
            groups=[
                (LETTERS[label], cells) for label, cells in zip(self.labels, table, strict=True)
            ],
            share=_share(totals[0], totals),
        )

    def result(self) -> Result:
        bridges = [row for row in self._listed("bridging") if self._bridges(row)]
        straits = [row for row in self._listed("dividing") if self._divides(row)]
        return Result(
            opinion_map=self.map,
            groups=[self._group(label) for label in self.labels],
            bridges=bridges[:LISTED] if self.labels else self._agreed(),
            straits=straits[:LISTED],
            divided=sum(self._divides(row) for row in self.rows.values()) if self.labels else 0,
            minorities=self._minorities(),
            rows=sorted(self.rows.values(), key=lambda row: (-row.share, row.statement.number)),
            islands=self._islands(),
            bridge_lines=self._bridge_lines(bridges),
            strait_lines=self._strait_lines(straits),
            grouped=self.document["clustered"],
            few_answers=sum(_answers(row) < FEW for row in self.rows.values()),
            groups_are_clear=self._silhouette() >= UNCLEAR,
        )

    def _listed(self, what: str) -> list[Row]:
        if not self.labels:
            return []
        return [self.rows[number] for number in self.document[what] if number in self.rows]

    def _shares(self, row: Row) -> list[int]:
        raw = self.raw[row.statement.number]["groups"]
        return [_share(_counts(raw[label])[0], _counts(raw[label])) for label in self.labels]

    def _bridges(self, row: Row) -> bool:
        return min(self._shares(row)) >= AGREEMENT

    def _divides(self, row: Row) -> bool:
        shares = self._shares(row)
        return max(shares) - min(shares) >= DIVIDE

    def _agreed(self) -> list[Row]:
        agreed = [row for row in self.rows.values() if row.share >= AGREEMENT]
        return sorted(agreed, key=lambda row: (-row.share, row.statement.number))[:LISTED]

    def _minorities(self) -> list[Row]:
        """Find what most do not agree with but a group does, or in the whole at least a tenth."""
        found = []
        for row in self.rows.values():
            small = row.totals[0] is None or row.share >= 50
            if not small and (
                any(share >= AGREEMENT for share in self._shares(row)) or row.share >= MINORITY
            ):
                found.append(row)
        return sorted(found, key=lambda row: (-row.share, row.statement.number))[:LISTED]

    def _group(self, label: int) -> GroupView:
        group = self.document["groups"][label]
        return GroupView(
            letter=LETTERS[label],
            size=None if is_small(group["size"]) else group["size"],
            telling=[
                Telling(self.rows[finding["statement"]], finding["side"] == "agree")
                for finding in group["representative"]
                if finding["statement"] in self.rows
            ],
        )

    def _islands(self) -> list[Group]:
        points: dict[int, list[tuple[float, float]]] = {label: [] for label in self.labels}
        for _, x, y, group in self.map.positions:
            if group in points:
                points[group].append((x, y))
        sizes = [group["size"] for group in self.document["groups"]]
        return [Group(LETTERS[label], sizes[label], points[label]) for label in self.labels]

    def _bridge_lines(self, rows: Sequence[Row]) -> list[Crossing]:
        """Draw bridges between neighbours, one for each pair, so that none lies on another."""
        return [
            self._crossing(row, *pair) for row, pair in zip(rows, self._neighbours(), strict=False)
        ]

    def _neighbours(self) -> list[tuple[int, int]]:
        """Give the shortest ways that join all groups (Kruskal's spanning tree)."""
        centres = [self.document["groups"][label]["centre"] for label in self.labels]
        joined = {place: {place} for place in range(len(self.labels))}
        ways = []
        for one, other in sorted(
            combinations(joined, 2), key=lambda pair: dist(centres[pair[0]], centres[pair[1]])
        ):
            if other not in joined[one]:
                ways.append((one, other))
                for place in (together := joined[one] | joined[other]):
                    joined[place] = together
        return ways

    def _strait_lines(self, rows: Sequence[Row]) -> list[Crossing]:
        """Draw straits where two groups differ most, off the bridges where there are more ways."""
        bridged = set(self._neighbours()) if len(self.labels) > 2 else set()
        lines: dict[tuple[int, int], Crossing] = {}
        for row in rows:
            shares = self._shares(row)
            one, other = sorted((shares.index(max(shares)), shares.index(min(shares))))
            if (one, other) not in bridged:
                lines.setdefault((one, other), self._crossing(row, one, other))
        return list(lines.values())[:STRAITS_DRAWN]

    def _crossing(self, row: Row, one: int, other: int) -> Crossing:
        shares = self._shares(row)
        a, b = sorted((one, other))
        return Crossing(
            label=row.statement.text,
            a=LETTERS[self.labels[a]],
            b=LETTERS[self.labels[b]],
            share_a=_shown_share(row.groups[a][1], shares[a]),
            share_b=_shown_share(row.groups[b][1], shares[b]),
        )

    def _silhouette(self) -> float:
        return max((v for v in self.document["silhouettes"].values() if v is not None), default=0)


def _counts(kinds: dict[str, int]) -> list[int]:
    return [kinds[kind] for kind in KINDS]


def _answers(row: Row) -> int:
    return sum(count or 0 for count in row.totals)


def _share(part: int, counts: Iterable[int]) -> int:
    total = sum(counts)
    return round(100 * part / total) if total else 0


def _shown_share(cells: Sequence[Cell], share: int) -> int:
    """Round a share to tens where its exact number would give a small cell away."""
    return round(share, -1) if None in cells else share
