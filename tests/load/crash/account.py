"""Compare what was acknowledged with what the database, the ledger and the mail server hold."""

import hashlib
import time
from dataclasses import dataclass

TIME_TO_SETTLE = 240  # seconds
VOTES = """
    SELECT participant.secret_hash, statement.public_id, vote.value, count(event.id)
    FROM perspectives_currentvote vote
    JOIN perspectives_statement statement ON statement.id = vote.statement_id
    JOIN dialogues_participant participant ON participant.id = vote.participant_id
    JOIN perspectives_voteevent event
        ON event.participant_id = vote.participant_id AND event.statement_id = vote.statement_id
    GROUP BY 1, 2, 3
"""
WORDS = """
    SELECT contribution.text, count(*), count(statement.id)
    FROM dialogues_contribution contribution
    LEFT JOIN perspectives_statement statement ON statement.contribution_id = contribution.id
    GROUP BY 1
"""
DECISIONS = "SELECT title, count(*), count(published_at) FROM outcomes_decision GROUP BY 1"
LETTERS = "SELECT recipient, message_id, state, key FROM mail_message"
UNSETTLED = "SELECT count(*) FROM mail_message WHERE state IN ('due', 'rendered', 'queued')"


@dataclass
class Line:
    """What became of one kind of write."""

    acknowledged: int = 0
    kept: int = 0
    lost: int = 0
    doubled: int = 0
    unknown: int = 0
    repeated: int = 0
    uncertain: int = 0


def balance(town, scene, writers, office):
    """Give a line for each kind of write."""
    lines = {}
    for kind, compare in COMPARED.items():
        own = [writer.writes for writer in writers if writer.kind == kind]
        line = Line(
            unknown=sum(len(writes.unknown) for writes in own),
            repeated=sum(writes.repeated for writes in own),
        )
        done = {key: value for writes in own for key, value in writes.acknowledged.items()}
        line.acknowledged = len(done)
        compare(line, done, {key for writes in own for key in writes.unknown}, town)
        lines[kind] = line
    lines["letters"] = letters(town, scene, writers, office)
    return lines


def votes(line, done, unknown, town):
    there = {}
    for person, statement, value, times in town.rows(VOTES):
        there[person, statement] = value
        line.doubled += times - 1
    expected = {
        (secret_of(cookies), statement): value for (_, statement), (value, cookies) in done.items()
    }
    line.lost = sum(there.get(key) != value for key, value in expected.items())
    line.kept = len(expected) - line.lost
    line.doubled += max(0, len(there) - len(expected) - len(unknown))


def secret_of(cookies):
    """Give the hash of the secret in the participant's signed cookie, as the table holds it."""
    [signed] = [value for name, value in cookies.items() if name not in NOT_THE_PARTICIPANT]
    return hashlib.sha256(signed.rpartition(":")[0].encode()).hexdigest()


NOT_THE_PARTICIPANT = {"csrftoken", "sessionid"}


def contributions(line, done, unknown, town):
    there = {text: (times, statements) for text, times, statements in town.rows(WORDS)}
    line.lost = sum(there.get(text, (0, 0)) == (0, 0) or not there[text][1] for text in done)
    line.kept = len(done) - line.lost
    line.doubled = sum(times - 1 for times, _ in there.values())
    line.doubled += len(set(there) - set(done) - unknown)


def decisions(line, done, unknown, town):
    there = {title: (times, published) for title, times, published in town.rows(DECISIONS)}
    written = {title for what, title in done if what == "written"}
    published = {title for what, title in done if what == "published"}
    line.lost = sum(title not in there for title in written)
    line.lost += sum(not there.get(title, (0, 0))[1] for title in published)
    line.kept = len(done) - line.lost
    line.doubled = sum(times - 1 for times, _ in there.values())
    line.doubled += len(set(there) - written - {title for _, title in unknown})


def mails(line, done, unknown, town):
    """Whether each who asked to follow is in the ledger once."""
    asked = [row[0] for row in town.rows(LETTERS) if row[3].startswith("follow:")]
    line.lost = sum(email not in asked for email in done)
    line.kept = len(done) - line.lost
    line.doubled = len(asked) - len(set(asked)) + len(set(asked) - set(done) - unknown)


COMPARED = {
    "votes": votes,
    "contributions": contributions,
    "decisions": decisions,
    "mails": mails,
}


def letters(town, scene, writers, office):
    """Compare the ledger with the mail server: sent is there once, uncertain at most once."""
    settle(town)
    published = {
        title
        for writer in writers
        if writer.kind == "decisions"
        for what, title in writer.writes.acknowledged
        if what == "published"
    }
    received = office.times_received
    line = Line()
    told = 0
    for _, message_id, state, key in town.rows(LETTERS):
        times = received.pop(message_id, 0)
        told += key.startswith("decision:")
        line.acknowledged += 1
        line.uncertain += state == "uncertain"
        line.lost += state not in {"sent", "uncertain"} or (state == "sent" and not times)
        line.doubled += max(0, times - 1)
    line.lost += max(0, len(published) * len(scene["followers"]) - told)
    line.doubled += len(received)  # what the ledger does not know of
    line.kept = line.acknowledged - line.lost
    return line


def settle(town):
    """Let the worker finish, and take up what killed ones left as its sweep does each minute."""
    deadline = time.monotonic() + TIME_TO_SETTLE
    while town.rows(UNSETTLED) != [(0,)] and time.monotonic() < deadline:
        time.sleep(2)
        town.run("tests.load.crash.sweep")
