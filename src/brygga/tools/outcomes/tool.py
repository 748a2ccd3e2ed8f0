"""What this tool offers a dialogue: proposals, decisions, promises, and what became of a voice."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from brygga.accounts.models import User
from brygga.core.calendar import end_of_day, swedish_date
from brygga.core.registry import TodayItem
from brygga.core.registry.records import RecordPart
from brygga.dialogues.enums import StepKind
from brygga.dialogues.models import Dialogue, Step
from brygga.dialogues.registry import Card, Event, Fact, OfferedDate, Reader, Subject, Tool
from brygga.tools.outcomes import rules
from brygga.tools.outcomes.enums import Standing
from brygga.tools.outcomes.models import FeedbackPromise
from brygga.tools.outcomes.operations import disposal
from brygga.tools.outcomes.operations.actions import hand_over_actions
from brygga.tools.outcomes.operations.promises import hand_over_promises, promise_of_mandate
from brygga.tools.outcomes.queries import follow_up, records, walk_up
from brygga.tools.outcomes.queries.desk import decisions_in
from brygga.tools.outcomes.queries.held import promises_kept
from brygga.tools.outcomes.queries.overview import Promised, promised, published_decisions
from brygga.tools.outcomes.queries.promises import (
    open_promises_of,
    promises_of,
    promises_to_see_to,
)

SUITS = frozenset(
    {
        StepKind.PROPOSALS,
        StepKind.DECISION,
        StepKind.IMPLEMENTATION,
        StepKind.CAPACITY,
        StepKind.DURING,
        StepKind.AFTER,
    }
)


def diary_subjects(dialogue: Dialogue) -> Iterator[Subject]:
    """Let the process diary speak of decisions."""
    for decision in decisions_in(dialogue):
        url = (
            reverse(
                "outcomes:decision", args=[dialogue.slug, dialogue.public_id, decision.public_id]
            )
            if decision.published_at
            else reverse("outcomes:decisions", args=[dialogue.public_id])
        )
        yield Subject(f"outcomes:decision:{decision.public_id}", decision.title, url)


def step_cards(step: Step, reader: Reader) -> Iterator[Card]:  # noqa: ARG001 - the hook's signature
    dialogue = step.dialogue
    if step.kind in SUITS and follow_up.has_outcomes(dialogue):
        yield Card(
            title=gettext("What came of it"),
            text=gettext("Proposals, decisions, who does what, and whether it was done."),
            url=reverse("outcomes:overview", args=[dialogue.slug, dialogue.public_id]),
            action=gettext("See what came of it"),
        )


def workspace_cards(step: Step, user: AbstractBaseUser) -> Iterator[Card]:  # noqa: ARG001 - as above
    public_id = step.dialogue.public_id
    offers = {
        StepKind.PROPOSALS: ("proposals", gettext("Proposals and measures")),
        StepKind.DECISION: ("decisions", gettext("Decisions")),
        StepKind.IMPLEMENTATION: ("actions", gettext("Measures and commitments")),
        StepKind.CAPACITY: ("promises", gettext("Promises of feedback")),
        StepKind.DURING: ("proposals", gettext("Proposals and measures")),
        StepKind.AFTER: ("decisions", gettext("Decisions")),
    }
    kind = StepKind(step.kind)
    if kind in offers:
        name, title = offers[kind]
        yield Card(
            title=title,
            text=gettext("Each rests on what was heard, and is followed until it is done."),
            url=reverse(f"outcomes:{name}", args=[public_id]),
            action=gettext("Open"),
        )


def timeline(dialogue: Dialogue) -> Iterator[Event]:
    for decision in published_decisions(dialogue):
        yield Event(
            decision.decided_on,
            gettext("Decision: {title}").format(title=decision.title),
            decision.decider,
            decision.get_absolute_url(),
        )
    yield from follow_up.events(dialogue)


def facts(dialogue: Dialogue, on: date) -> Iterator[Fact]:
    """Tell the public how each promise stands, that of the mandate with its present date."""
    for one in promised(dialogue, on=on):
        yield _fact(one)


def _fact(one: Promised) -> Fact:
    day = date_format(one.promise.due_on, "DATE_FORMAT")
    labels = {
        Standing.KEPT: gettext("Promise kept"),
        Standing.ENDED: gettext("Promised before the dialogue was broken off"),
    }
    label = labels.get(one.standing, gettext("Promised by {day}")).format(day=day)
    reason = f" – {one.changes[-1].reason}" if one.changes else ""
    said = one.promise.kept_with if one.standing == Standing.KEPT else one.promise.text + reason
    return Fact(label, said, is_overdue=one.is_broken, is_promise=True)


def offer_dates(dialogues: Sequence[Dialogue], for_team: bool) -> Iterator[OfferedDate]:  # noqa: ARG001, FBT001 - the hook's signature; promises are public
    """Put each promise on the day for which it stands now, however often it was moved."""
    for promise in promises_of(dialogues):
        dialogue = promise.dialogue
        yield OfferedDate(
            dialogue=dialogue,
            uid=f"promise-{promise.public_id}",
            what=gettext("Promised feedback"),
            first=promise.due_on,
            text=promise.text,
            url=reverse("outcomes:overview", args=[dialogue.slug, dialogue.public_id]),
            changes=promise.times_moved,
        )


def published(dialogue: Dialogue, by: AbstractBaseUser, at: datetime) -> None:
    assert isinstance(by, User)
    promise_of_mandate(dialogue=dialogue, by=by, at=at)


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    today = swedish_date(at)
    for promise in promises_to_see_to(user, on=today):
        yield _promise_item(promise, on=today)
    for action in follow_up.actions_to_see_to(user, on=today):
        yield TodayItem(
            title=action.what,
            why=gettext("Tell how it goes: {dialogue}").format(dialogue=action.dialogue.title),
            url=reverse("outcomes:action", args=[action.dialogue.public_id, action.public_id]),
            due_at=end_of_day(action.due_on),
            is_overdue=action.due_on < today,
        )


def _promise_item(promise: FeedbackPromise, *, on: date) -> TodayItem:
    whys = {
        Standing.OPEN: gettext("Promised to those who took part in {dialogue}"),
        Standing.LATE: gettext(
            "Late in {dialogue}. Keep it, or set a new date with a reason by {day}; after that "
            "everybody sees that it is late."
        ),
    }
    stands = rules.standing(promise, on=on)
    why = whys.get(stands, gettext("Late in public in {dialogue}. Give the feedback."))
    last_day = date_format(rules.last_day_of_grace(promise.due_on), "DATE_FORMAT")
    return TodayItem(
        title=promise.text,
        why=why.format(dialogue=promise.dialogue.title, day=last_day),
        url=reverse("outcomes:promise", args=[promise.dialogue.public_id, promise.public_id]),
        due_at=end_of_day(promise.due_on),
        is_overdue=stands != Standing.OPEN,
    )


def for_the_register(dialogue: Dialogue, _at: datetime) -> Iterator[RecordPart]:
    return records.parts_of(dialogue)


def dispose(dialogue: Dialogue, _at: datetime, most: int) -> dict[str, int]:
    return disposal.dispose(dialogue, most)


def held_by(dialogue: Dialogue, user: AbstractBaseUser) -> Iterator[str]:
    held = [(each.text, each.due_on) for each in open_promises_of(dialogue, user)]
    held += [(each.what, each.due_on) for each in follow_up.open_actions_of(dialogue, user)]
    for text, due_on in held:
        day = date_format(due_on, "DATE_FORMAT")
        yield gettext("{text} (by {day})").format(text=text, day=day)


def handed_over(
    dialogue: Dialogue,
    leaver: AbstractBaseUser,
    successor: AbstractBaseUser,
    by: AbstractBaseUser,
    at: datetime,
) -> None:
    assert isinstance(successor, User)
    assert isinstance(by, User)
    hand_over_promises(dialogue=dialogue, leaver=leaver, successor=successor, by=by, at=at)
    hand_over_actions(dialogue=dialogue, leaver=leaver, successor=successor, by=by, at=at)


# It holds nothing of any participant: there is nothing to export, erase, withdraw or receipt.
TOOL = Tool(
    name="outcomes",
    label=str(gettext_lazy("Proposals, decisions and follow-up")),
    suits=SUITS,
    step_cards=step_cards,
    workspace_cards=workspace_cards,
    timeline=timeline,
    facts=facts,
    promises=promises_kept,
    what_became_of=walk_up.what_became_of,
    rests_on=walk_up.rests_on,
    today_items=today_items,
    offer_dates=offer_dates,
    diary_subjects=diary_subjects,
    published=published,
    for_the_register=for_the_register,
    register_headings=records.headings_of,
    dispose=dispose,
    to_dispose=disposal.to_dispose,
    held_by=held_by,
    handed_over=handed_over,
)
