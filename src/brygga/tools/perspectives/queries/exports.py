"""Numbers to take away: open data without small cells, and the package to recount a map from."""

import csv
import io
import secrets
import zipfile
from datetime import UTC, datetime
from typing import Any

from brygga.core.exports import disarmed
from brygga.engines import opinion
from brygga.engines.opinion.package import map_json
from brygga.tools.perspectives.models import OpinionMap, Statement, StatementRound
from brygga.tools.perspectives.queries.counted import counted_votes
from brygga.tools.perspectives.queries.disclosure import KINDS, public_document

README = """\
votes.csv and comments.csv have the columns of a Pol.is export. Only current votes are here, their
time is cut to the day, voters are numbered at random for this file, and authors are left out.

Recount:  brygga opinion map votes.csv --statements comments.csv --method {method} --out recount
and compare recount/map.json with map.json here: they are equal, byte for byte.

Each cell is data, written as it was: no byte is added, so that the files can be recounted. A text
may begin with =, +, - or @, which a spreadsheet would take for a formula. Do not open the files by
a double click. Read them with a program, or import them into the spreadsheet with every column as
text.

The votes are opinions of real people without names. Do not try to find out who they are.
"""


def open_document(opinion_map: OpinionMap, *, with_groups: bool) -> dict[str, Any]:
    """Give the map's numbers for anybody: cells under five are null, groups only if opened."""
    document = public_document(opinion_map.summary)
    if not with_groups:
        for row in document["statements"]:
            row["groups"] = []
        document |= {"groups": [], "bridging": [], "dividing": [], "silhouettes": {}}
    return document | {"texts": _texts(opinion_map.round)}


def open_table(opinion_map: OpinionMap, *, with_groups: bool) -> str:
    """Give the same as a table for a spreadsheet; an empty cell stands for fewer than five."""
    document = open_document(opinion_map, with_groups=with_groups)
    labels = [group["label"] for group in document["groups"]]
    head = ["statement", "text", *KINDS]
    head += [f"group {label} {kind}" for label in labels for kind in KINDS]
    rows = []
    for row in document["statements"]:
        if row["id"] not in document["texts"]:
            continue
        cells = [row["totals"][kind] for kind in KINDS]
        cells += [group[kind] for group in row["groups"] for kind in KINDS]
        rows.append([row["id"], disarmed(document["texts"][row["id"]]), *cells])
    return _csv(head, rows)


def row_package(statement_round: StatementRound) -> bytes:
    """Pack current votes with voters renumbered at random, and the map that follows from them.

    Texts stand as they were written, also where a spreadsheet would calculate them: see ADR 0015.
    """
    votes = _renumbered_votes(statement_round)
    statements = list(statement_round.statements.order_by("number"))
    visible = set(_texts(statement_round))
    matrix = opinion.vote_matrix(
        [vote[3] for vote in votes],
        [vote[2] for vote in votes],
        [vote[4] for vote in votes],
        known_statements=[statement.number for statement in statements],
    )
    hidden = [s.number for s in statements if s.number not in visible]
    result = opinion.opinion_map(matrix, moderated_out=hidden)
    files = {
        "votes.csv": _csv(["timestamp", "datetime", "comment-id", "voter-id", "vote"], votes),
        "comments.csv": _csv(
            ["timestamp", "datetime", "comment-id", "author-id", "moderated", "comment-body"],
            [
                _comment(statement, is_visible=statement.number in visible)
                for statement in statements
            ],
        ),
        "map.json": map_json(result),
        "README.txt": README.format(method=result.method),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def _renumbered_votes(statement_round: StatementRound) -> list[list[Any]]:
    kept = list(counted_votes(statement_round))
    people = sorted({row[0] for row in kept})
    secrets.SystemRandom().shuffle(people)
    number_of = {person: number for number, person in enumerate(people)}
    return sorted(
        [*_day(at), statement, number_of[person], value] for person, statement, value, at in kept
    )


def _comment(statement: Statement, *, is_visible: bool) -> list[Any]:
    text = statement.text if is_visible else ""
    moderated = 1 if is_visible else -1
    return [*_day(statement.created_at), statement.number, "", moderated, text]


def _day(moment: datetime) -> tuple[int, str]:
    midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return int(midnight.timestamp() * 1000), midnight.date().isoformat()


def _texts(statement_round: StatementRound) -> dict[int, str]:
    visible = Statement.objects.visible().filter(round=statement_round)
    return dict(visible.order_by("number").values_list("number", "text"))


def _csv(head: list[str], rows: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()
