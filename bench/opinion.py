"""Time of the opinion map against red-dwarf 0.4.0, from votes in memory, in one process.

Prints a table for docs/reference/performance.md. Each figure is the median of three runs.
"""

import statistics
import sys
import time
from collections.abc import Callable

from brygga.engines.opinion import opinion_map, vote_matrix
from tests.engines.opinion.golden.reddwarf import load, run
from tests.engines.opinion.real import NAMES, REAL

RUNS = 3


def main() -> None:
    if not REAL.is_dir():
        sys.exit("opinion map: not measured, BRYGGA_REAL_DATA is not there")
    print("| conversation | participants | statements | votes | red-dwarf s | Brygga s | ratio |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name in NAMES:
        votes, moderated_out = load(name)
        records = votes.to_dict("records")
        columns = [votes[column].to_numpy() for column in votes]
        theirs = measure(lambda: run(records, moderated_out))  # noqa: B023 – called at once
        ours = measure(
            lambda: opinion_map(vote_matrix(*columns), moderated_out=moderated_out)  # noqa: B023 – called at once
        )
        sizes = (votes["participant_id"].nunique(), votes["statement_id"].nunique(), len(votes))
        shown = " | ".join(f"{size:,}" for size in sizes)
        print(f"| {name} | {shown} | {theirs:.3f} | {ours:.4f} | {theirs / ours:.0f} |")


def measure(action: Callable[[], object]) -> float:
    """Return the median time of an action in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
