"""Time of the opinion map against red-dwarf 0.4.0, from votes in memory, in one process and thread.

Prints tables for docs/reference/performance.md: real conversations, each figure the median of
three runs; with --full also synthetic ones of growing size, run once.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from brygga.engines.opinion import opinion_map, vote_matrix
from tests.engines.opinion.golden.reddwarf import load, run
from tests.engines.opinion.real import NAMES, REAL

COLUMNS = ["participant_id", "statement_id", "vote"]
GROWTH = (1_000, 3_000, 10_000)
STATEMENTS, GROUPS, PASSES = 1_000, 3, 0.15


def main() -> None:
    if REAL.is_dir():
        print_head("conversation")
        for name in NAMES:
            print_row(name, *load(name), runs=3)
    else:
        print("real conversations were not measured: BRYGGA_REAL_DATA is not there")
    if "--full" in sys.argv:
        print_head("synthetic")
        for participants in GROWTH:
            print_row("three latent groups", synthetic(participants), [], runs=1)


def print_head(subject: str) -> None:
    print(f"\n| {subject} | participants | statements | votes | red-dwarf s | Brygga s | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")


def print_row(name: str, votes: pd.DataFrame, moderated_out: list[int], *, runs: int) -> None:
    records = votes.to_dict("records")
    columns = [votes[column].to_numpy() for column in COLUMNS]
    theirs = measure(lambda: run(records, moderated_out), runs)
    ours = measure(lambda: opinion_map(vote_matrix(*columns), moderated_out=moderated_out), runs)
    sizes = (votes["participant_id"].nunique(), votes["statement_id"].nunique(), len(votes))
    shown = " | ".join(f"{size:,}" for size in sizes)
    print(f"| {name} | {shown} | {theirs:.3f} | {ours:.4f} | {theirs / ours:.0f} |", flush=True)


def synthetic(participants: int) -> pd.DataFrame:
    """Make about 30 votes each by participants who lean as one of three groups do."""
    chance = np.random.default_rng(participants)
    cast = np.minimum(chance.lognormal(3.2, 0.6, participants).astype(int) + 1, STATEMENTS)
    rows = np.repeat(np.arange(participants), cast)
    columns = chance.integers(0, STATEMENTS, len(rows))
    leaning = chance.uniform(-1, 1, (GROUPS, STATEMENTS))[rows % GROUPS, columns]
    votes = np.where(chance.uniform(-1, 1, len(rows)) < leaning, 1, -1)
    votes[chance.random(len(rows)) < PASSES] = 0
    table = pd.DataFrame(dict(zip(COLUMNS, (rows, columns, votes), strict=True)))
    return table.drop_duplicates(COLUMNS[:2], keep="last")


def measure(action: Callable[[], object], runs: int) -> float:
    """Return the median time of an action in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
