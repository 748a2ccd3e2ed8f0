"""The shapes of what a tool can offer a dialogue."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.functional import Promise

from brygga.core.registry.promises import PromisesKept
from brygga.core.registry.records import RecordHeading, RecordPart
from brygga.core.registry.today import Offered
from brygga.dialogues.enums import StepKind
from brygga.dialogues.models import Contribution, Dialogue, Participant, Step
from brygga.dialogues.rules import Permission

Reader = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Card:
    """A door from a step into a tool: what is there, and the one next thing to do."""

    title: str
    text: str
    url: str
    action: str
    is_primary: bool = False


@dataclass(frozen=True)
class Event:
    """Something on the dialogue's time line."""

    on: date
    title: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """One number or sentence about the dialogue that may be shown in public.

    What was promised stands apart from what was said.
    """

    label: str
    value: str
    is_overdue: bool = False
    is_promise: bool = False
    is_printed: bool = False  # on the paper of the mandate, too


@dataclass(frozen=True)
class ResultLink:
    """Where a tool's published result can be read."""

    public_id: str
    title: str
    sentence: str
    url: str


@dataclass(frozen=True)
class Outcome:
    """What became of one voice: a step up the walk from voice to decision."""

    contribution_id: int
    kind: str
    text: str
    on: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Use:
    """Something that rests on an insight: a step up the walk from insight to decision."""

    insight_id: int
    kind: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class OfferedDate:
    """A day or a time of a dialogue, for calendars; see `core.calendar.CalendarDate`.

    `uid` stays the same for ever and tells nothing: build it on a public id.
    """

    dialogue: Dialogue
    uid: str
    what: str
    first: date | datetime
    last: date | datetime | None = None
    text: str = ""
    url: str = ""
    place: str = ""
    is_cancelled: bool = False
    changes: int = 0


@dataclass(frozen=True)
class Subject:
    """A thing of a tool, such as a decision, that an entry in the process diary can be about."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class Tool:
    """A tool's offer. What it leaves out is shown as not offered."""

    name: str
    label: str | Promise
    suits: frozenset[StepKind] = frozenset()
    step_cards: Callable[[Step, Reader], Iterable[Card]] | None = None
    workspace_cards: Callable[[Step, AbstractBaseUser], Iterable[Card]] | None = None
    timeline: Callable[[Dialogue], Iterable[Event]] | None = None
    facts: Callable[[Dialogue, date], Iterable[Fact]] | None = None
    promises: Callable[[QuerySet[Dialogue], date], PromisesKept] | None = None
    results: Callable[[Dialogue], Iterable[ResultLink]] | None = None
    what_became_of: Callable[[Sequence[int]], Iterable[Outcome]] | None = None
    rests_on: Callable[[Sequence[int]], Iterable[Use]] | None = None
    receipt: Callable[[Participant], Iterable[Fact]] | None = None
    # The dialogues, and whether it is the team that asks: then also what is not public.
    offer_dates: Callable[[Sequence[Dialogue], bool], Iterable[OfferedDate]] | None = None
    diary_subjects: Callable[[Dialogue], Iterable[Subject]] | None = None
    published: Callable[[Dialogue, AbstractBaseUser, datetime], None] | None = None
    moderated: Callable[[Contribution, datetime], None] | None = None
    today_items: Callable[[AbstractBaseUser, datetime], Iterable[Offered]] | None = None
    export: Callable[[Participant], Mapping[str, object]] | None = None
    erase: Callable[[Participant, datetime], int] | None = None
    withdraw: Callable[[Participant, datetime], int] | None = None
    for_the_register: Callable[[Dialogue, datetime], Iterable[RecordPart]] | None = None
    register_headings: Callable[[Dialogue], Iterable[RecordHeading]] | None = None
    dispose: Callable[[Dialogue, datetime, int], Mapping[str, int]] | None = None
    to_dispose: Callable[[Dialogue], Mapping[str, QuerySet[Any]]] | None = None
    held_by: Callable[[Dialogue, AbstractBaseUser], Iterable[str]] | None = None
    handed_over: (
        Callable[[Dialogue, AbstractBaseUser, AbstractBaseUser, AbstractBaseUser, datetime], None]
        | None
    ) = None


@dataclass(frozen=True)
class Copying:
    """One dialogue being copied: from what, to which draft, what was chosen, by whom and when."""

    source: Dialogue
    draft: Dialogue
    by: Any
    at: datetime
    first_day: date | None = None  # of the new plan


@dataclass(frozen=True)
class Copier:
    """A part of a dialogue that a new draft can begin with: words and structure, never voices.

    Where the preview has nothing to tell, there is nothing to copy, and it is not offered.
    """

    name: str
    label: str | Promise
    preview: Callable[[Dialogue, date], Sequence[str]]  # what it holds on a day
    copy: Callable[[Copying], None]
    needs: Permission = Permission.SEE_WORKSPACE
    needs_first_day: bool = False
    along_with: str = ""  # the part without which this one has nothing to hold on to
    # Names of people: taken along only if somebody ticks it, and inside the owning organisations.
    is_personal: bool = False
