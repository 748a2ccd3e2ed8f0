"""Conversations to test with: drawn by hypothesis, planted, and real ones."""

import os
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import strategies as st

from brygga.engines.opinion import vote_matrix
from brygga.engines.opinion.polis import read_export
from tests.engines.opinion.real import REAL, votes_file

MISSING = "equality on real conversations was not tested: BRYGGA_REAL_DATA is not there"


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


def require_real_data():
    """Leave a test module out in one line where there are no real conversations."""
    if not REAL.is_dir() and os.environ.get("CI") != "true":
        pytest.skip(MISSING, allow_module_level=True)


def real_export(name):
    """Read a real conversation; CI promises that they are there."""
    folder = REAL / name
    if not folder.is_dir():
        pytest.fail(MISSING)
    return read_export(votes_file(folder), folder / "comments.csv")
