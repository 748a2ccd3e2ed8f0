import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines.opinion.conversations import planted

RUN = """
import sys
from brygga.config.commandline import main
status = main()
sys.exit("Django was loaded" if "django" in sys.modules else status)
"""
FILES = ("map.json", "participants.csv", "statements.csv")


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, "opinion", "map", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": "src", **environment},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def export(tmp_path):
    """Write an export with 260 statements, so that both kinds of eigen-solver have their turn."""

    def write(events, name):
        rows = [f"{e.moment},x,{e.statement},{e.participant},{e.vote}\n" for e in events]
        votes, comments = tmp_path / f"{name}-votes.csv", tmp_path / "comments.csv"
        votes.write_text("timestamp,datetime,comment-id,voter-id,vote\n" + "".join(rows))
        statements = sorted({e.statement for e in events})
        lines = [f"0,x,{statement},,0,0,1,Text\n" for statement in statements]
        header = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        comments.write_text(header + "".join(lines))
        return votes, comments

    return write


@pytest.mark.parametrize("statements", [24, 260])
def test_neither_the_order_of_rows_nor_the_processor_changes_a_byte(export, tmp_path, statements):
    events = planted(statements=statements, noise=0.4)
    shuffled = random.Random(7).sample(events, len(events))
    written = []
    for core, log in (("Haswell", events), ("Sandybridge", shuffled), ("Prescott", events)):
        votes, comments = export(log, core)
        done = run(
            votes, "--statements", comments, "--out", tmp_path / core, OPENBLAS_CORETYPE=core
        )
        assert (done.returncode, done.stderr) == (0, "")
        written.append([(tmp_path / core / name).read_bytes() for name in FILES])
    assert written[0] == written[1] == written[2]


def test_it_says_in_a_line_what_it_found(export, tmp_path):
    votes, comments = export(planted(), "all")
    done = run(votes, "--statements", comments, "--method", "classic", "--out", tmp_path / "out")
    assert done.stdout == "60 participants, 24 statements: 2 groups of 30, 30 (classic)\n"


def test_too_few_participants_give_a_map_that_says_so(export, tmp_path):
    votes, comments = export(planted(size=2), "few")
    done = run(votes, "--statements", comments, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "not enough for groups, at least 3 more needed" in done.stdout
    assert (tmp_path / "out" / "map.json").exists()


def test_a_wrong_file_is_told_in_one_line_and_nothing_is_written(export, tmp_path):
    votes, comments = export(planted(), "wrong")
    votes.write_text(votes.read_text() + "1,x,0,0,7\n")
    done = run(votes, "--statements", comments, "--out", tmp_path / "out")
    line = len(votes.read_text().splitlines())
    fault = f"wrong-votes.csv, line {line}: vote is '7', must be 1, 0 or -1"
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"brygga opinion map: {fault}\n"
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_told_in_one_line(export, tmp_path):
    votes, comments = export(planted(), "all")
    done = run(votes, "--statements", comments, "--out", comments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "comments.csv: File exists" in done.stderr
