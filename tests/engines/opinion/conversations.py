"""Conversations to test with: drawn by hypothesis, planted, and real ones."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from brygga.engines.opinion import vote_matrix
from brygga.engines.opinion.polis import read_export

ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("BRYGGA_REAL_DATA") or ROOT / "../shared/data") / "opinion"
NAMES = (
    "american-assembly.bowling-green",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.affordable-housing",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.ubi",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "vtaiwan.uberx",
)


@dataclass(frozen=True)
class Event:
    participant: int
    statement: int
    vote: int
    moment: int


def matrix_of(events, known=()):
    columns = np.array(
        [(e.participant, e.statement, e.vote, e.moment) for e in events], dtype=np.int64
    ).reshape(-1, 4)
    return vote_matrix(*columns.T[:3], moments=columns[:, 3], known_statements=known)


def current(events):
    """Return the last vote per pair, computed the plain way (moments are distinct)."""
    votes = {}
    for event in sorted(events, key=lambda e: e.moment):
        votes[event.participant, event.statement] = event.vote
    return votes


@st.composite
def event_logs(draw, most_participants=24, most_statements=12):
    """Draw logs of votes with re-votes; every event has a moment of its own."""
    participants = draw(st.lists(st.integers(0, 10**12), min_size=1, max_size=most_participants))
    statements = draw(st.lists(st.integers(0, 500), min_size=1, max_size=most_statements))
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from(participants),
                st.sampled_from(statements),
                st.sampled_from((1, 0, -1)),
            ),
            max_size=200,
        )
    )
    moments = draw(st.permutations(range(len(pairs))))
    return [Event(*pair, moment) for pair, moment in zip(pairs, moments, strict=True)]


def planted(groups=2, size=30, statements=24, noise=0.1, seed=1):
    """Make participants of equal groups, each agreeing with its own part of the statements."""
    chance = np.random.default_rng(seed)
    events = []
    for participant in range(groups * size):
        for statement in range(statements):
            own = statement % groups == participant % groups
            vote = 1 if own else -1
            drawn = chance.random()
            if drawn < noise:
                vote = 0
            if drawn < 0.9:
                events.append(Event(participant, statement, vote, len(events)))
    return events


def real_export(name):
    """Read a real conversation; skip, or fail where CI promises the data, if it is not there."""
    folder = REAL / name
    if not folder.is_dir():
        message = "equality on real conversations was not tested: BRYGGA_REAL_DATA is not there"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return read_export(votes_file(folder), folder / "comments.csv")


def votes_file(folder):
    events = folder / "votes.csv"
    return events if events.exists() else folder / "participants-votes.csv"
