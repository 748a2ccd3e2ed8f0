"""The map as files that anybody can compare: equal maps give equal bytes on every machine.

Numbers are rounded to six decimals, keys sorted, lines end in LF, and there is no negative zero.
"""

import csv
import json
import math
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from brygga.engines.opinion.result import UNGROUPED, Group, OpinionMap
from brygga.engines.opinion.selection import Finding
from brygga.engines.opinion.votes import KINDS, Floats

DECIMALS = 6
SCORES = ("x", "y", "extremity", "priority", "group-informed-consensus", "division")


def write_package(result: OpinionMap, directory: Path) -> None:
    """Write map.json, participants.csv and statements.csv into a directory, made if missing."""
    contents = {
        "map.json": map_json(result),
        "participants.csv": participants_csv(result),
        "statements.csv": statements_csv(result),
    }
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in contents.items():
        (directory / name).write_bytes(text.encode())


def map_json(result: OpinionMap) -> str:
    """Render all but the single participants, so that it can be published as it is."""
    return json.dumps(map_document(result), indent=1, sort_keys=True, allow_nan=False) + "\n"


def map_document(result: OpinionMap) -> dict[str, object]:
    """Return the content of map.json as plain values, rounded."""
    people, shortage = result.participants, result.shortage
    return {
        "method": {"name": result.method, "version": result.version},
        "participants": len(people.ids),
        "clustered": int(people.clustered.sum()),
        "votes": int(people.votes.sum()),
        "variance": _numbers(result.variance),
        "silhouettes": {str(k): _number(score) for k, score in result.silhouettes.items()},
        "shortage": shortage
        and {"reason": shortage.reason, "more_participants": shortage.more_participants},
        "groups": [_group(group) for group in result.groups],
        "consensus": {
            "agree": [_finding(finding) for finding in result.consensus.agree],
            "disagree": [_finding(finding) for finding in result.consensus.disagree],
        },
        "bridging": result.bridging(),
        "dividing": result.dividing(),
        "statements": [_statement(result, place) for place in range(len(result.statements.ids))],
    }


def participants_csv(result: OpinionMap) -> str:
    """Render voter-id, x, y and group; the group is empty for those who voted on too little."""
    people = result.participants
    rows = zip(people.ids, people.positions, people.groups, strict=True)
    return _csv(
        ("voter-id", "x", "y", "group"),
        ((voter, *_numbers(at), "" if group == UNGROUPED else group) for voter, at, group in rows),
    )


def statements_csv(result: OpinionMap) -> str:
    """Render each statement's numbers; per group the count of each kind of vote."""
    per_group = [f"group-{group.label}-{kind}" for group in result.groups for kind in KINDS]
    rows = (_statement_row(result, place) for place in range(len(result.statements.ids)))
    return _csv(("comment-id", "moderated-out", *KINDS, *SCORES, *per_group), rows)


def _statement_row(result: OpinionMap, place: int) -> list[object]:
    of = result.statements
    scores = (of.extremity, of.priority, of.group_informed_consensus, of.division)
    numbers = [*of.positions[place], *(score[place] for score in scores)]
    outside, per_group = int(of.moderated_out[place]), result.counts[:, place].ravel()
    return [of.ids[place], outside, *of.totals[place], *_cells(numbers), *per_group]


def _statement(result: OpinionMap, place: int) -> dict[str, object]:
    of = result.statements
    return {
        "id": int(of.ids[place]),
        "moderated_out": bool(of.moderated_out[place]),
        "meta": bool(of.meta[place]),
        "totals": _kinds(of.totals[place].tolist()),
        "groups": [_kinds(counts) for counts in result.counts[:, place].tolist()],
        "mean": _number(of.means[place]),
        "axes": _numbers(of.axes[place]),
        "position": _numbers(of.positions[place]),
        "extremity": _number(of.extremity[place]),
        "priority": _number(of.priority[place]),
        "group_informed_consensus": _number(of.group_informed_consensus[place]),
        "division": _number(of.division[place]),
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "label": group.label,
        "size": group.size,
        "centre": _numbers(group.centre),
        "representative": [_finding(finding) for finding in group.representative],
    }


def _finding(finding: Finding) -> dict[str, object]:
    found: dict[str, object] = {
        "statement": finding.statement,
        "side": finding.side,
        "successes": finding.successes,
        "trials": finding.trials,
        "probability": _number(finding.probability),
        "certainty": _number(finding.certainty),
    }
    if finding.ratio is not None and finding.ratio_certainty is not None:
        found["ratio"] = _number(finding.ratio)
        found["ratio_certainty"] = _number(finding.ratio_certainty)
    return found


def _kinds(counts: Iterable[int]) -> dict[str, int]:
    return dict(zip(KINDS, counts, strict=True))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), DECIMALS) + 0.0


def _numbers(values: Floats | Iterable[float]) -> list[float | None]:
    return [_number(value) for value in values]


def _cells(values: Iterable[float]) -> list[object]:
    return ["" if number is None else number for number in _numbers(values)]


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
