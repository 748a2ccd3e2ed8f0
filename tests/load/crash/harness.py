"""Kill processes at random moments while people write, then count what is there."""

import json
import random
import time
from collections import Counter
from dataclasses import dataclass

from tests.core.mail.office import Office, open_house
from tests.load.crash.account import Line, balance
from tests.load.crash.town import PROCESSES, Town
from tests.load.crash.writers import WRITERS

LONGEST_REST = 2.0  # seconds between the moment when all is well and the next round of kills
MOST_IN_A_ROUND = 4
LONGEST_BETWEEN = 0.5  # seconds between two kills of a round, so that some hit what is starting
WARMING_UP = 3.0
TIME_TO_MEND = 120


@dataclass
class Report:
    kills: Counter
    lines: dict[str, Line]
    refused: list
    seconds: float

    def __str__(self):
        head = "| write | acknowledged | kept | lost | doubled | never answered | sent again |"
        rows = [
            f"| {kind} | {line.acknowledged:,} | {line.kept:,} | {line.lost} | {line.doubled} |"
            f" {line.unknown} | {line.repeated:,} |"
            for kind, line in self.lines.items()
        ]
        killed = ", ".join(f"{count} × {target}" for target, count in sorted(self.kills.items()))
        uncertain = sum(line.uncertain for line in self.lines.values())
        return "\n".join(
            [
                f"{self.kills.total()} kills in {self.seconds:.0f} s: {killed}.",
                f"Letters that a person has to look at (uncertain): {uncertain}.",
                head,
                "|---|--:|--:|--:|--:|--:|--:|",
                *rows,
            ]
        )


def run(folder, *, kills, seed, say=lambda _: None, enough=lambda: False):
    """Run an installation in `folder` under load, kill `kills` times, and give the report.

    `enough` is asked before each round and may end it early: the report then tells of fewer kills.
    """
    office = Office()
    house = open_house(office)
    begun = time.monotonic()
    try:
        with Town(folder, house.port) as town:
            scene = json.loads(town.run("tests.load.crash.scene"))
            writers = [
                writer(town.port, scene, f"{seed} {number}")
                for number, writer in enumerate(WRITERS)
            ]
            for writer in writers:
                writer.start()
            time.sleep(WARMING_UP)
            killed = kill_at_random(town, kills, random.Random(seed), say, enough)
            stop(writers)
            lines = balance(town, scene, writers, office)
    finally:
        house.stop()
    refused = [each for writer in writers for each in writer.writes.refused]
    return Report(killed, lines, refused, time.monotonic() - begun)


def kill_at_random(town, kills, dice, say, enough):
    """Kill in rounds: one to four processes at short intervals, then wait until it answers."""
    killed = Counter()
    while killed.total() < kills and not enough():
        town.wait_for(town.answers, TIME_TO_MEND)
        time.sleep(dice.uniform(0, LONGEST_REST))
        for _ in range(min(dice.randint(1, MOST_IN_A_ROUND), kills - killed.total())):
            target = dice.choice(sorted(PROCESSES))
            if town.kill(target, dice):
                killed[target] += 1
                if killed.total() % 50 == 0:
                    say(f"{killed.total()} of {kills} kills")
            time.sleep(dice.uniform(0, LONGEST_BETWEEN))
        assert town.process.poll() is None, town.said()
    return killed


def stop(writers):
    for writer in writers:
        writer.enough.set()
    for writer in writers:
        writer.join()
    for writer in writers:
        if writer.fault:
            raise writer.fault
