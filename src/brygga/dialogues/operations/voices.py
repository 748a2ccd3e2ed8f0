"""What people say, whichever way it reaches us, and the perspectives found in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from brygga.accounts.models import User
from brygga.core.audit.operations import record
from brygga.core.text import clean
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models import Contribution, Dialogue, Participant, Perspective
from brygga.dialogues.operations.moderation import arrives_as, put_in_queue
from brygga.dialogues.operations.once import create_once

MOST_CHARACTERS = 10_000
GONE = (ContributionState.HIDDEN, ContributionState.WITHDRAWN, ContributionState.ERASED)


class NothingSaidError(Exception):
    """A voice without words."""


class ForeignVoiceError(Exception):
    """A contribution belongs to another dialogue, or is no longer there to be used."""


@dataclass(frozen=True)
class Voice:
    """One thing that somebody said. The client key makes sending it again harmless."""

    text: str
    language: str = "sv"
    client_key: str | None = None


@transaction.atomic
def record_contributions(  # noqa: PLR0913 - what was said, and the circumstances it was said in
    *,
    dialogue: Dialogue,
    voices: Sequence[Voice],
    channel: Channel,
    by: User | None,
    at: datetime,
    said_on: date | None = None,
    place: str = "",
    tool: str = "",
    state: ContributionState = ContributionState.INTERNAL,
    participant: Participant | None = None,
) -> list[Contribution]:
    """Keep many voices at once, in order, each once however often it is sent.

    NothingSaidError or TextTooLongError on one of them stores none.
    """
    rows = [
        Contribution(
            dialogue=dialogue,
            participant=participant,
            channel=channel,
            tool=tool,
            language=voice.language,
            text=words,
            state=state if by else arrives_as(dialogue, words, state),
            received_at=at,
            said_on=said_on,
            place=place,
            entered_by=by,
            client_key=voice.client_key or None,
        )
        for voice, words in [(voice, _words(voice.text)) for voice in voices]
    ]
    Contribution.objects.bulk_create(rows, ignore_conflicts=True)
    found = _find_stored(dialogue, rows)
    if fresh := _fresh(rows, found):
        put_in_queue(fresh, at=at)
        record(action="contribution.record", subject=dialogue, by=by, at=at, fields=[channel])
    return found


@transaction.atomic
def create_perspective(
    *,
    dialogue: Dialogue,
    title: str,
    text: str = "",
    is_public: bool = False,
    contributions: Iterable[Contribution] = (),
    client_key: str | None = None,
    by: User,
    at: datetime,
) -> Perspective:
    perspective, is_new = create_once(
        Perspective.objects,
        client_key,
        dialogue=dialogue,
        title=title,
        text=text,
        is_public=is_public,
        created_at=at,
        created_by=by,
    )
    if not is_new:
        return perspective
    record(action="perspective.create", subject=perspective, by=by, at=at)
    link_contributions(perspective=perspective, contributions=contributions, by=by, at=at)
    return perspective


@transaction.atomic
def edit_perspective(
    *,
    perspective: Perspective,
    title: str,
    text: str,
    is_public: bool,
    by: User,
    at: datetime,
) -> Perspective:
    perspective.title = title
    perspective.text = text
    perspective.is_public = is_public
    perspective.save(update_fields=["title", "text", "is_public"])
    record(
        action="perspective.edit",
        subject=perspective,
        by=by,
        at=at,
        fields=["title", "text", "is_public"],
    )
    return perspective


@transaction.atomic
def link_contributions(
    *, perspective: Perspective, contributions: Iterable[Contribution], by: User, at: datetime
) -> None:
    """Say which voices share a perspective. One voice may hold several."""
    chosen = list(contributions)
    refuse_foreign(perspective.dialogue_id, chosen)
    if not chosen:
        return
    perspective.contributions.add(*chosen)
    record(action="perspective.link", subject=perspective, by=by, at=at, fields=["contributions"])


@transaction.atomic
def unlink_contribution(
    *, perspective: Perspective, contribution: Contribution, by: User, at: datetime
) -> None:
    perspective.contributions.remove(contribution)
    record(action="perspective.unlink", subject=perspective, by=by, at=at, fields=["contributions"])


def refuse_foreign(dialogue_id: int, contributions: Iterable[Contribution]) -> None:
    if any(
        contribution.dialogue_id != dialogue_id or contribution.state in GONE
        for contribution in contributions
    ):
        raise ForeignVoiceError


def _words(text: str) -> str:
    words = clean(text, limit=MOST_CHARACTERS).strip()
    if not words:
        raise NothingSaidError
    return words


def _find_stored(dialogue: Dialogue, rows: Sequence[Contribution]) -> list[Contribution]:
    keys = [row.client_key for row in rows if row.client_key]
    ids = [row.public_id for row in rows if not row.client_key]
    of_dialogue = Contribution.objects.filter(dialogue=dialogue)
    by_key = {str(row.client_key): row for row in of_dialogue.filter(client_key__in=keys)}
    by_id = {row.public_id: row for row in of_dialogue.filter(public_id__in=ids)}
    stored = by_key | by_id
    return [stored[row.client_key or row.public_id] for row in rows]


def _fresh(rows: Sequence[Contribution], found: Sequence[Contribution]) -> list[Contribution]:
    """Give those that were stored by this very call, each once."""
    new = {row.public_id for row in rows}
    return list(dict.fromkeys(row for row in found if row.public_id in new))
