"""A dialogue as its public page tells of it, in few questions to the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, JSONObject
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext

from brygga.accounts.models import Body
from brygga.dialogues.enums import (
    AFTER_THE_DECISION,
    DialogueState,
    InsightState,
    StepState,
    Visibility,
)
from brygga.dialogues.models import (
    Activity,
    Contribution,
    Dialogue,
    DialogueLink,
    Document,
    Insight,
    Mandate,
    Participant,
    ProcessLogEntry,
    Step,
)
from brygga.dialogues.queries.access import Reader, is_insider
from brygga.dialogues.queries.actors import PublicActors, chosen_actors, public_actors
from brygga.dialogues.queries.counting import counted_in_public
from brygga.dialogues.queries.documents import public_documents
from brygga.dialogues.queries.participants import hash_of, secret_by_id
from brygga.dialogues.queries.periods import unconfirmed
from brygga.dialogues.queries.plan import MOST_COMING, SHOWN, as_activity, coming_activities
from brygga.dialogues.registry import Card, Event, Fact, ResultLink, registry
from brygga.dialogues.rules import Permission, permissions_in, standing_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


MOST_DOCUMENTS = 100  # the page lists no more


@dataclass(frozen=True)
class PublicPage:
    dialogue: Dialogue
    mandate: Mandate | None
    owners: tuple[str, ...]
    steps: tuple[Step, ...]
    current: Step | None
    permissions: frozenset[Permission]
    people: int
    voices: int
    insights: tuple[Insight, ...]
    earlier: tuple[Mapping[str, str], ...]
    takes_part: bool
    cards: tuple[Card, ...]
    results: tuple[ResultLink, ...]
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    timeline: tuple[Event, ...]
    coming: tuple[Activity, ...]
    actors: PublicActors
    has_diary: bool
    today: date
    is_unconfirmed: bool

    @property
    def level(self) -> int | None:
        """Give how much can be influenced: in the step where we are, else by the mandate."""
        if self.current and self.current.ladder_level:
            return self.current.ladder_level
        return self.mandate.ladder_level if self.mandate else None

    @property
    def primary(self) -> Card | None:
        return next((card for card in self.cards if card.is_primary), None)

    @property
    def other_cards(self) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card is not self.primary)

    @property
    def numbers(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if not fact.is_promise)

    @property
    def promises(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.is_promise)

    @property
    def may_follow(self) -> bool:
        return Permission.FOLLOW in self.permissions

    @property
    def may_speak(self) -> bool:
        return Permission.SPEAK in self.permissions

    @property
    def is_information(self) -> bool:
        return self.dialogue.state == DialogueState.INFORMATION

    @property
    def is_cancelled(self) -> bool:
        return self.dialogue.state == DialogueState.CANCELLED

    @property
    def is_decided(self) -> bool:
        return any(
            step.kind in AFTER_THE_DECISION and step.state in {StepState.CURRENT, StepState.DONE}
            for step in self.steps
        )

    @property
    def tells_influence(self) -> bool:
        """What is broken off or no dialogue promises no influence."""
        return not self.is_information and not self.is_cancelled


def get_public_page(
    public_id: str, reader: Reader, cookies: Mapping[str, str], *, at: datetime
) -> PublicPage:
    """Give the page; raises Http404 to those who may not know of the dialogue."""
    me = hash_of(secret_by_id(public_id, cookies))
    dialogue = _dialogues(me, at).filter(public_id=public_id).first()
    if dialogue is None:
        raise Http404
    steps = latest_steps(dialogue)
    current = next((step for step in steps if step.state == StepState.CURRENT), None)
    is_member = dialogue.visibility == Visibility.INTERNAL and is_insider(dialogue, reader)
    permissions = permissions_in(standing_of(dialogue, current), frozenset(), is_member=is_member)
    if Permission.READ not in permissions:
        raise Http404
    today = localdate(at)
    return PublicPage(
        dialogue=dialogue,
        mandate=getattr(dialogue, "mandate", None),
        owners=tuple(dialogue.body_names),
        steps=steps,
        current=current,
        permissions=permissions,
        people=dialogue.people,
        voices=dialogue.voices,
        insights=tuple(published_insights(dialogue)),
        earlier=tuple(dialogue.earlier_ones),
        takes_part=dialogue.takes_part,
        cards=tuple(registry.step_cards(current, reader)) if current else (),
        results=tuple(registry.results(dialogue)),
        documents=tuple(public_documents(dialogue)[:MOST_DOCUMENTS]),
        facts=tuple(registry.facts(dialogue, today)),
        timeline=_timeline(dialogue),
        coming=tuple(as_activity(row) for row in dialogue.coming_rows),
        actors=public_actors(dialogue.told_actors),
        has_diary=dialogue.has_diary,
        today=today,
        is_unconfirmed=dialogue.is_unconfirmed,
    )


def latest_steps(dialogue: Dialogue) -> tuple[Step, ...]:
    """Give each step once, as it stands in the latest round that has it."""
    by_position = {
        step.position: step for step in dialogue.steps.order_by("round", "position", "pk")
    }
    return tuple(by_position[position] for position in sorted(by_position))


def published_insights(dialogue: Dialogue) -> QuerySet[Insight]:
    return dialogue.insights.filter(state=InsightState.PUBLISHED).order_by("published_at", "pk")


class Counts(TypedDict):
    people: int
    voices: int
    body_names: list[str]
    earlier_ones: list[Mapping[str, str]]
    takes_part: bool
    has_diary: bool
    told_actors: list[Mapping[str, object]]
    coming_rows: list[Mapping[str, Any]]
    is_unconfirmed: bool


def _dialogues(me: str, at: datetime) -> "QuerySet[WithAnnotations[Dialogue, Counts]]":
    """Give dialogues with all that can be had in the same question; `me` is a secret's hash."""
    here = OuterRef("pk")
    return (
        Dialogue.objects.select_related("organisation__logo", "mandate__feeds_body")
        .defer("search", "search_trigrams")
        .annotate(
            people=_count(Participant.objects.all()),
            voices=_count(Contribution.objects.filter(counted_in_public())),
            body_names=ArraySubquery(
                Body.objects.filter(dialogues=here).order_by("sort_key").values("name")
            ),
            earlier_ones=ArraySubquery(_earlier(here)),
            takes_part=Exists(Participant.objects.filter(dialogue=here, secret_hash=me)),
            coming_rows=ArraySubquery(
                coming_activities(here, at=at).values(
                    row=JSONObject(**{name: name for name in SHOWN})
                )[:MOST_COMING]
            ),
            told_actors=ArraySubquery(
                chosen_actors(here).values(actor=JSONObject(name="name", reached_on="reached_on"))
            ),
            has_diary=Exists(ProcessLogEntry.objects.filter(dialogue=here, is_public=True)),
            is_unconfirmed=ExpressionWrapper(unconfirmed(on=localdate(at)), BooleanField()),
        )
    )


def _count(rows: QuerySet[Participant] | QuerySet[Contribution]) -> Coalesce:
    per_dialogue = rows.filter(dialogue=OuterRef("pk")).order_by().values("dialogue")
    return Coalesce(
        Subquery(per_dialogue.annotate(count=Count("pk", distinct=True)).values("count")),
        0,
        output_field=IntegerField(),
    )


def _earlier(here: OuterRef) -> "QuerySet[DialogueLink, Any]":
    """Give the dialogues that this one builds on and that everybody may read."""
    links = DialogueLink.objects.filter(
        dialogue=here,
        earlier__published_at__isnull=False,
        earlier__visibility=Visibility.PUBLIC,
    )
    link = JSONObject(title="earlier__title", slug="earlier__slug", public_id="earlier__public_id")
    return links.order_by("earlier__published_at", "pk").values(link=link)


def _timeline(dialogue: Dialogue) -> tuple[Event, ...]:
    """Give what the dialogue itself and its tools have to tell, in order of time."""
    events = [*registry.timeline(dialogue), *_own_events(dialogue)]
    return tuple(sorted(events, key=lambda event: (event.on, event.title)))


def _own_events(dialogue: Dialogue) -> list[Event]:
    events = []
    if dialogue.published_at:
        events.append(Event(localdate(dialogue.published_at), gettext("It was published")))
    if dialogue.ended_at:
        events.append(Event(localdate(dialogue.ended_at), gettext("It ended")))
    return events
