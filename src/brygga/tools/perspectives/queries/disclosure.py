"""What may be shown of counts without pointing anybody out: no cell of one to four people.

A cell that alone is left out of a column could be had back by subtracting, so a second one goes
with it.
"""

from collections.abc import Sequence
from typing import Any

SMALLEST = 5
KINDS = ("agree", "disagree", "pass")
Cell = int | None


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def suppressed(counts: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """Leave out small cells of a table of groups by kinds of answer, and what would give them away.

    Neither the groups' totals per row nor those outside the groups may be shown beside it.
    """
    shown: list[list[Cell]] = [
        [None if is_small(count) else count for count in row] for row in counts
    ]
    for column in range(len(counts[0]) if counts else 0):
        hidden = [row for row in shown if row[column] is None]
        others = [row for row in shown if row[column]]
        if len(hidden) == 1 and others:
            smallest = min(others, key=lambda row: row[column] or 0)
            smallest[column] = None
    return shown


def public_document(document: dict[str, Any]) -> dict[str, Any]:
    """Give a map's document as it may be published: no small cells, nobody's place."""
    return document | {
        "groups": [_public_group(group) for group in document["groups"]],
        "statements": [_public_statement(row) for row in document["statements"]],
        "consensus": {
            side: [finding["statement"] for finding in findings]
            for side, findings in document["consensus"].items()
        },
        "smallest_cell": SMALLEST,
    }


def _public_group(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": group["label"],
        "size": None if is_small(group["size"]) else group["size"],
        "representative": [
            {"statement": finding["statement"], "side": finding["side"]}
            for finding in group["representative"]
        ],
    }


def _public_statement(row: dict[str, Any]) -> dict[str, Any]:
    table = suppressed([[group[kind] for kind in KINDS] for group in row["groups"]])
    totals = [row["totals"][kind] for kind in KINDS]
    return {
        "id": row["id"],
        "moderated_out": row["moderated_out"],
        "totals": dict(zip(KINDS, suppressed([totals])[0], strict=True)),
        "groups": [dict(zip(KINDS, cells, strict=True)) for cells in table],
    }
