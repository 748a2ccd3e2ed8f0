"""Write down what red-dwarf finds on the real conversations: derived figures, no votes, no words.

Run by `make golden`. Groups and selections come from a run with its defaults; positions and
priorities from one with an exact decomposition, since the default is a random approximation.
"""

import json
import sys

from tests.engines.opinion.golden.reddwarf import load, run
from tests.engines.opinion.real import GOLDEN, NAMES, digest

STATISTICS = ("na", "nd", "ns", "pa", "pd", "pat", "pdt", "ra", "rd", "rat", "rdt")
UNGROUPED = -1


def figures(name):
    votes, moderated_out = load(name)
    records = votes.to_dict("records")
    usual = run(records, moderated_out)
    exact = run(records, moderated_out, svd_solver="full")
    labels = usual.participants_df["cluster_id"].fillna(UNGROUPED).astype(int)
    group_informed = usual.statements_df["group-aware-consensus"]
    eligible = group_informed.drop(moderated_out, errors="ignore")
    return {
        "participants": len(usual.raw_vote_matrix.index),
        "statements": len(usual.raw_vote_matrix.columns),
        "votes": len(records),
        "labels": "".join("-" if label == UNGROUPED else str(label) for label in labels),
        "statistics": statistics(usual.group_comment_stats),
        "representative": [
            [[found["tid"], found["repful-for"]] for found in usual.repness[group]]
            for group in sorted(usual.repness)
        ],
        "consensus": {
            side: [[found["tid"], found["p-success"], found["p-test"]] for found in listed]
            for side, listed in usual.consensus.items()
        },
        "group_informed_consensus": digest(group_informed),
        "bridging": eligible.sort_values(ascending=False, kind="stable").index[:10].tolist(),
        "positions": [digest(exact.participants_df[axis]) for axis in ("x", "y")],
        "statement_positions": [digest(exact.statements_df[axis]) for axis in ("x", "y")],
        "priorities": digest(exact.statements_df["priority"]),
    }


def statistics(table):
    """Sum up each statistic of each group over the statements."""
    return [
        {name: digest(own[name]) for name in STATISTICS}
        for _, own in table.groupby(level="group_id")
    ]


def main():
    found = {name: figures(name) for name in NAMES}
    lines = [f"{json.dumps(name)}: {json.dumps(of)}" for name, of in found.items()]
    GOLDEN.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    sys.stdout.write(f"wrote {GOLDEN.name}: {len(found)} conversations\n")


if __name__ == "__main__":
    main()
