"""`brygga opinion map`: the map from files, without Django and without a database."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from brygga.engines.opinion import METHODS, OpinionMap, opinion_map
from brygga.engines.opinion.package import write_package
from brygga.engines.opinion.polis import PolisError, read_export

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 – it has no public name

WRONG_INPUT = 2


def add_parsers(subparsers: "Subparsers") -> None:
    """Add `opinion map`; the chosen parser's `run` takes the arguments, gives the exit status."""
    opinion = subparsers.add_parser("opinion", help="compute opinion maps from files")
    commands = opinion.add_subparsers(required=True, metavar="COMMAND")
    parser = commands.add_parser(
        "map",
        help="compute a map from a Pol.is export",
        description="Compute a map and write map.json, participants.csv and statements.csv.",
    )
    parser.add_argument(
        "votes", type=Path, metavar="VOTES.csv", help="votes.csv or participants-votes.csv"
    )
    parser.add_argument(
        "--statements", type=Path, required=True, metavar="COMMENTS.csv", help="comments.csv"
    )
    parser.add_argument("--method", choices=sorted(METHODS), default="classic")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    parser.set_defaults(run=run_map)


def run_map(arguments: argparse.Namespace) -> int:
    """Read the files, compute the map and write it; nothing is written for a faulty file."""
    try:
        export = read_export(arguments.votes, arguments.statements)
        result = opinion_map(
            export.matrix(), moderated_out=export.moderated_out, method=arguments.method
        )
        write_package(result, arguments.out)
    except PolisError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")
    sys.stdout.write(_summary(result) + "\n")
    return 0


def _fail(fault: str) -> int:
    sys.stderr.write(f"brygga opinion map: {fault}\n")
    return WRONG_INPUT


def _summary(result: OpinionMap) -> str:
    people, statements = len(result.participants.ids), len(result.statements.ids)
    found = f"{people} participants, {statements} statements"
    if result.shortage is None:
        sizes = ", ".join(str(group.size) for group in result.groups)
        return f"{found}: {len(result.groups)} groups of {sizes} ({result.method})"
    more = result.shortage.more_participants
    lacking = "" if result.shortage.reason == "participants" else " who answer differently"
    return f"{found}: not enough for groups, at least {more} more{lacking} needed"
