"""Durable votes per second through HTTP against bare single-row INSERT commits.

Both on the same PostgreSQL with fsync, from the same program, with as many connections, in turns;
each figure is the median of three turns. A vote is counted when its answer has come, an INSERT
when its commit has. The bare table has a vote's columns and one index.
"""

import itertools
import json
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.load.crash.town import Town

CONNECTIONS = (1, 8, 64)
TURNS, SECONDS = 3, 4.0
PEOPLE = 4_000
TOKEN = "a" * 32  # a form's token and its cookie, as any browser sends them
BARE_TABLE = """
    CREATE TABLE bare_vote (id bigserial PRIMARY KEY, statement bigint, participant bigint,
        value smallint, is_important boolean, at timestamptz)
"""
BARE = """
    INSERT INTO bare_vote (statement, participant, value, is_important, at)
    VALUES (%s, %s, %s, %s, now())
"""
Write = Callable[[], None]


class Ballots:
    """Each person's request for each statement, once; no two of them are the same vote."""

    def __init__(self, port: int, ballots: dict[str, list[str]]) -> None:
        self.lock = threading.Lock()
        self.pairs = itertools.product(ballots["statements"], ballots["cookies"])
        self.head = f"POST {ballots['path']} HTTP/1.1\r\nHost: localhost:{port}\r\n"

    def next(self) -> bytes:
        with self.lock:
            statement, cookie = next(self.pairs)
        body = f"csrfmiddlewaretoken={TOKEN}&statement={statement}&value=1&shown="
        return (
            f"{self.head}Cookie: csrftoken={TOKEN}; {cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="brygga-votes-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # where root runs it, the database's own user passes
        with Town(folder, mail_port=25) as town:
            ballots = json.loads(town.run("tests.load.ballots", str(PEOPLE)))
            with psycopg.connect(town.database) as connection:
                connection.execute(BARE_TABLE)
            requests = Ballots(town.port, ballots)
            print("| connections | bare INSERT/s | votes/s through HTTP | ratio |")
            print("|--:|--:|--:|--:|")
            for connections in CONNECTIONS:
                print_row(town, requests, connections)


def print_row(town: Town, requests: Ballots, connections: int) -> None:
    bare, votes = [], []
    for _ in range(TURNS):
        bare.append(per_second(connections, lambda: inserting(town.database)))
        votes.append(per_second(connections, lambda: voting(town.port, requests)))
    ours, theirs = statistics.median(votes), statistics.median(bare)
    print(f"| {connections} | {theirs:,.0f} | {ours:,.0f} | {ours / theirs:.2f} |", flush=True)


def per_second(connections: int, open_one: Callable[[], Write]) -> float:
    """Let so many connections write as fast as they are answered; gives writes per second."""
    counts = [0] * connections
    writes = [open_one() for _ in counts]
    until = time.monotonic() + SECONDS

    def work(number: int) -> None:
        while time.monotonic() < until:
            writes[number]()
            counts[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - begun)


def inserting(url: str) -> Write:
    connection = psycopg.connect(url, autocommit=True, prepare_threshold=0)

    def insert() -> None:
        connection.execute(BARE, [1, 1, 1, False])

    return insert


def voting(port: int, requests: Ballots) -> Write:
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def vote() -> None:
        connection.sendall(requests.next())
        answer = connection.recv(65_536)
        assert answer.startswith(b"HTTP/1.1 303 "), answer[:400]

    return vote


if __name__ == "__main__":
    main()
