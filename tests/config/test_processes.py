"""The supervisor over small real programs; test_serve.py has the real ones."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from brygga.config import processes, proctable
from brygga.config.ownership import InUseError
from brygga.config.processes import Part, Supervisor, stopping_on_signals

SLEEPS = "import time; time.sleep(600)"
DIES = "raise SystemExit(3)"
SIGNALS_AT_EVERY_INSTANT = """
import random, signal, sys
from pathlib import Path
from brygga.config import processes
processes.BEAT = 0
for _ in range(2000):
    supervisor = processes.Supervisor(Path(sys.argv[1]), [])
    signal.signal(signal.SIGALRM, lambda *_: supervisor.request_stop())
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00001, 0.001))
    supervisor.watch()
"""
IGNORES_SIGTERM = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True);"
TIDIES_UP = (
    "import signal, sys, pathlib; file = pathlib.Path(sys.argv[1]);"
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit(file.write_text('tidy')));"
    "print(flush=True);"
)
HAS_A_CHILD = (
    "import subprocess, sys, pathlib;"
    f"child = subprocess.Popen([sys.executable, '-c', '{SLEEPS}']);"
    "file = pathlib.Path(sys.argv[1]); file.with_suffix('.new').write_text(str(child.pid));"
    "file.with_suffix('.new').rename(file);"
)


def program(code, *arguments):
    return [sys.executable, "-c", code, *map(str, arguments)]


def gone(pid):
    return not proctable.command_line(pid)


def beat_until(supervisor, holds):
    assert proctable.wait_until_gone(lambda: supervisor.beat() or holds(), 20)


@pytest.fixture
def part(tmp_path):
    """A part that sleeps, known by an argument nobody else has."""
    return Part("sleeper", program(SLEEPS, tmp_path))


@pytest.fixture
def supervisor(tmp_path, part):
    return Supervisor(tmp_path, [part])


def test_a_killed_part_is_started_again_and_noted(supervisor, part):
    with supervisor.owning(), supervisor.started():
        first = part.process.pid
        part.process.kill()
        beat_until(supervisor, lambda: part.alive() and part.process.pid != first)
        beat_until(
            supervisor, lambda: supervisor.ownership.notes()["sleeper"] == str(part.process.pid)
        )


def test_a_part_that_dies_young_waits_longer_each_time_but_not_for_ever():
    part = Part("dying", program(DIES))
    part.start()
    pauses = []
    for _ in range(10):
        part.process.wait()
        part.keep()
        pauses.append(part.pause)
        part.due = 1e-9
        assert part.keep()
    part.process.wait()
    assert pauses[:3] == [0.2, 0.4, 0.8]
    assert pauses == sorted(pauses)
    assert pauses[-1] == processes.LONGEST_PAUSE


def test_a_part_that_lived_long_is_started_again_at_once(part):
    part.start()
    part.pause = processes.LONGEST_PAUSE
    part.born -= processes.LONG_LIFE + 1
    part.process.kill()
    part.process.wait()
    part.keep()
    assert part.pause == processes.SHORTEST_PAUSE


def test_the_children_of_a_killed_part_end_with_it(tmp_path):
    known = tmp_path / "child"
    part = Part("parent", program(HAS_A_CHILD + SLEEPS, known))
    part.start()
    assert proctable.wait_until_gone(known.exists, 20)
    child = int(known.read_text())
    assert not gone(child)
    part.process.kill()
    part.process.wait()
    part.keep()
    assert proctable.wait_until_gone(lambda: gone(child), 20)


def test_a_part_that_does_not_stop_when_asked_is_killed(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(processes, "TIME_TO_STOP", 0.2)
    part = Part("stubborn", program(IGNORES_SIGTERM + SLEEPS))
    supervisor = Supervisor(tmp_path, [part])
    with supervisor.owning(), supervisor.started():
        pid = part.process.pid
        assert proctable.wait_until_gone(lambda: capfd.readouterr().out, 20)
    assert gone(pid)
    assert "did not stop in time" in capfd.readouterr().err


def test_a_part_may_tidy_up_when_asked_to_stop(tmp_path, capfd):
    told = tmp_path / "told"
    supervisor = Supervisor(tmp_path, [Part("tidy", program(TIDIES_UP + SLEEPS, told))])
    with supervisor.owning(), supervisor.started():
        assert proctable.wait_until_gone(lambda: capfd.readouterr().out, 20)
    assert told.read_text() == "tidy"


def test_all_parts_stop_even_when_one_cannot_be_started(tmp_path, part):
    broken = Part("broken", ["/no/such/program"])
    supervisor = Supervisor(tmp_path, [part, broken])
    with pytest.raises(FileNotFoundError), supervisor.owning(), supervisor.started():
        pytest.fail("a part that cannot start must not pass for started")
    assert gone(part.process.pid)


def test_what_a_killed_supervisor_left_is_ended(supervisor, part):
    orphan = subprocess.Popen(part.words, start_new_session=True)
    threading.Thread(target=orphan.wait, daemon=True).start()
    supervisor.ownership.path.write_text(f'{{"sleeper": "{orphan.pid}"}}')
    assert proctable.wait_until_gone(lambda: not gone(orphan.pid), 20)
    with supervisor.owning():
        assert gone(orphan.pid)


def test_a_stranger_with_a_number_that_was_ours_is_left_alone(supervisor):
    stranger = subprocess.Popen(program(SLEEPS, "stranger"), start_new_session=True)
    supervisor.ownership.path.write_text(f'{{"sleeper": "{stranger.pid}"}}')
    with supervisor.owning():
        assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_the_same_program_of_another_data_folder_is_left_alone(supervisor, part):
    neighbour = subprocess.Popen(part.words, start_new_session=True)
    supervisor.ownership.path.write_text('{"sleeper": "1"}')
    with supervisor.owning():
        assert neighbour.poll() is None
    neighbour.kill()
    neighbour.wait()


def test_a_data_folder_has_one_supervisor(supervisor, tmp_path):
    with supervisor.owning():
        second = Supervisor(tmp_path, [])
        with pytest.raises(InUseError, match=f"process {os.getpid()} "), second.owning():
            pytest.fail("two supervisors own one folder")
    with second.owning():
        assert second.ownership.held


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_watch_in_order(supervisor, part, number):
    before = signal.getsignal(number)
    with stopping_on_signals(supervisor), supervisor.owning(), supervisor.started():
        os.kill(os.getpid(), number)
        supervisor.watch()
        assert part.alive()
    assert gone(part.process.pid)
    assert signal.getsignal(number) == before


def test_a_signal_at_any_instant_is_heard_and_never_a_deadlock(tmp_path):
    subprocess.run(program(SIGNALS_AT_EVERY_INSTANT, tmp_path), check=True, timeout=120)
