"""Twenty-five kills under load; `make bench-full` does a thousand."""

from tests.config.conftest import new_passable_folder
from tests.load.crash.harness import run

KILLS = 25


def test_every_acknowledged_write_is_there_once_however_processes_die():
    report = run(new_passable_folder(), kills=KILLS, seed=1)
    assert report.kills.total() == KILLS
    assert report.refused == []
    for kind, line in report.lines.items():
        assert (line.lost, line.doubled) == (0, 0), (kind, report)
        assert line.acknowledged > 0, kind
