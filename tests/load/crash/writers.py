"""People who write without pause, and note what was acknowledged and what was not."""

import itertools
import random
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread

from tests.load.crash.visitor import GaveUpError, Visitor

AS_A_PERSON_READS = (
    2.2  # seconds between a form and its answer; a quicker one is taken for a machine
)
VOTES_EACH = 8
DONE = {200, 303, 302}


@dataclass
class Writes:
    """What was acknowledged by an answer, and what was sent without one ever coming."""

    acknowledged: dict = field(default_factory=dict)
    unknown: set = field(default_factory=set)
    refused: list = field(default_factory=list)
    repeated: int = 0


class Writer(Thread):
    """One person after the other, until told to stop. Each has an address of their own."""

    kind = ""
    numbers = itertools.count(1)

    def __init__(self, port, scene, seed):
        super().__init__(daemon=True)
        self.port = port
        self.scene = scene
        self.dice = random.Random(f"{self.kind} {seed}")
        self.writes = Writes()
        self.enough = Event()
        self.fault = None

    def run(self):
        try:
            while not self.enough.is_set():
                visitor = self.visitor()
                try:
                    self.write(visitor)
                except GaveUpError:
                    time.sleep(1)
                finally:
                    visitor.close()
                self.writes.repeated += visitor.repeated
        except Exception as error:  # noqa: BLE001 - told by the thread that waits for this one
            self.fault = error

    def visitor(self):
        number = next(self.numbers)
        return Visitor(self.port, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")

    def send(self, visitor, path, fields, *, key, value):
        """Send a form; from the first try on the write may be done, from the answer on it is."""
        self.writes.unknown.add(key)
        answer = visitor.post(path, fields)
        self.writes.unknown.discard(key)
        if answer.status in DONE:
            self.writes.acknowledged[key] = value
        else:
            self.writes.refused.append((answer.status, path))
        return answer


class Voter(Writer):
    kind = "votes"

    def write(self, visitor):
        path = self.scene["take_part"]
        person = None
        page = visitor.get(path)
        for _ in range(VOTES_EACH):
            fields = page.hidden()
            if "statement" not in fields:
                return
            person = person or fields["shown"]
            value = self.dice.choice([-1, 0, 1])
            answer = self.send(
                visitor,
                path,
                fields | {"value": value},
                key=(person, fields["statement"]),
                value=(value, visitor.cookies),
            )
            if answer.status not in DONE:
                return
            page = visitor.get(path)


class Speaker(Writer):
    kind = "contributions"

    def write(self, visitor):
        path = self.scene["own_words"]
        fields = visitor.get(path).hidden()
        time.sleep(AS_A_PERSON_READS)
        text = f"Bygg en cykelväg förbi hus {secrets.token_hex(8)}."
        self.send(visitor, path, fields | {"text": text}, key=text, value=1)


class Asker(Writer):
    """Asks to follow; the ledger then owes one letter."""

    kind = "mails"

    def write(self, visitor):
        path = self.scene["follow"]
        fields = visitor.get(path).hidden()
        time.sleep(AS_A_PERSON_READS)
        email = f"follower-{secrets.token_hex(8)}@example.test"
        self.send(visitor, path, fields | {"email": email}, key=email, value=1)


class Decider(Writer):
    """Writes down a decision and publishes it; each who follows is then owed one letter."""

    kind = "decisions"

    def visitor(self):
        visitor = super().visitor()
        visitor.cookies = dict([self.scene["session"]])
        return visitor

    def write(self, visitor):
        path = self.scene["decide"]
        title = f"Nämnden behåller skolan {secrets.token_hex(8)}"
        fields = visitor.get(path).hidden() | {
            "title": title,
            "body": self.scene["body"],
            "decided_on": f"{datetime.now(UTC):%Y-%m-%d}",
            "dnr": secrets.token_hex(6),
            "reasons": "Många barn skulle få längre väg.",
            "minutes": "not_yet",
        }
        answer = self.send(visitor, path, fields, key=("written", title), value=1)
        if answer.status not in DONE or not answer.place:
            return
        page = visitor.get(answer.place)
        publish = f"{answer.place}publicera/"
        self.send(visitor, publish, page.hidden(), key=("published", title), value=1)
        self.enough.wait(0.5)


WRITERS = (Voter, Voter, Speaker, Speaker, Asker, Asker, Decider)
