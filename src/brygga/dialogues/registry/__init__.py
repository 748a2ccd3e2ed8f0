"""What each tool offers a dialogue. The dialogue asks all of them and knows none by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from brygga.core.registry.promises import PromisesKept
from brygga.core.registry.records import RecordHeading, RecordPart
from brygga.core.registry.today import Offered
from brygga.dialogues.models import Contribution, Dialogue, Participant, Step
from brygga.dialogues.registry.offers import (
    Card,
    Copier,
    Copying,
    Event,
    Fact,
    OfferedDate,
    Outcome,
    Reader,
    ResultLink,
    Subject,
    Tool,
    Use,
)

__all__ = [
    "Card",
    "Copier",
    "Copying",
    "Event",
    "Fact",
    "OfferedDate",
    "Outcome",
    "Reader",
    "ResultLink",
    "Subject",
    "Tool",
    "ToolRegistry",
    "Use",
    "registry",
]


@dataclass
class ToolRegistry:
    tools: dict[str, Tool] = field(default_factory=dict)
    copiers: dict[str, Copier] = field(default_factory=dict)

    def add(self, tool: Tool) -> None:
        if self.tools.get(tool.name, tool) is not tool:
            raise ValueError(f"Two tools are called {tool.name}")
        self.tools[tool.name] = tool

    def add_copier(self, copier: Copier) -> None:
        """Offer a part to those who copy a dialogue, in the order in which parts are added."""
        self.copiers[copier.name] = copier

    def step_cards(self, step: Step, reader: Reader) -> list[Card]:
        return [
            card
            for tool in self.tools.values()
            if tool.step_cards
            for card in tool.step_cards(step, reader)
        ]

    def workspace_cards(self, step: Step, user: AbstractBaseUser) -> list[Card]:
        return [
            card
            for tool in self.tools.values()
            if tool.workspace_cards
            for card in tool.workspace_cards(step, user)
        ]

    def timeline(self, dialogue: Dialogue) -> list[Event]:
        events = [
            event
            for tool in self.tools.values()
            if tool.timeline
            for event in tool.timeline(dialogue)
        ]
        return sorted(events, key=lambda event: (event.on, event.title))

    def facts(self, dialogue: Dialogue, on: date) -> list[Fact]:
        """Give what the tools tell the public of a dialogue, as it stands on a day."""
        return [
            fact for tool in self.tools.values() if tool.facts for fact in tool.facts(dialogue, on)
        ]

    def promises(self, dialogues: QuerySet[Dialogue], on: date) -> PromisesKept:
        """Add up how promises in these dialogues are held, asked of every tool once."""
        kept = [tool.promises(dialogues, on) for tool in self.tools.values() if tool.promises]
        return sum(kept, start=PromisesKept())

    def results(self, dialogue: Dialogue) -> list[ResultLink]:
        return [
            link for tool in self.tools.values() if tool.results for link in tool.results(dialogue)
        ]

    def what_became_of(self, contribution_ids: Sequence[int]) -> dict[int, list[Outcome]]:
        """Give each voice's outcomes, asked of every tool once for all the voices."""
        outcomes: dict[int, list[Outcome]] = {number: [] for number in contribution_ids}
        for tool in self.tools.values():
            for outcome in tool.what_became_of(contribution_ids) if tool.what_became_of else ():
                outcomes[outcome.contribution_id].append(outcome)
        return outcomes

    def rests_on(self, insight_ids: Sequence[int]) -> dict[int, list[Use]]:
        """Give what rests on each insight, asked of every tool once for all the insights."""
        uses: dict[int, list[Use]] = {number: [] for number in insight_ids}
        for tool in self.tools.values():
            for use in tool.rests_on(insight_ids) if tool.rests_on else ():
                uses[use.insight_id].append(use)
        return uses

    def dates(self, dialogues: Sequence[Dialogue], *, for_team: bool) -> list[OfferedDate]:
        """Give the dates of many dialogues, asked of every tool once for all of them."""
        return [
            offered
            for tool in self.tools.values()
            if tool.offer_dates
            for offered in tool.offer_dates(dialogues, for_team)
        ]

    def receipt(self, participant: Participant) -> list[Fact]:
        """Give what the tools hold of one person, as lines on that person's own receipt."""
        return [
            fact
            for tool in self.tools.values()
            if tool.receipt
            for fact in tool.receipt(participant)
        ]

    def diary_subjects(self, dialogue: Dialogue) -> dict[str, Subject]:
        """Give what an entry in the process diary can be about in the tools, by its key."""
        return {
            subject.key: subject
            for tool in self.tools.values()
            if tool.diary_subjects
            for subject in tool.diary_subjects(dialogue)
        }

    def published(self, dialogue: Dialogue, by: AbstractBaseUser, at: datetime) -> None:
        """Let the tools begin what a published dialogue owes, inside the caller's transaction."""
        for tool in self.tools.values():
            if tool.published:
                tool.published(dialogue, by, at)

    def moderated(self, contribution: Contribution, at: datetime) -> None:
        """Let the tools follow a voice that has been decided on, masked, merged or separated.

        Asked inside the transaction of the decision, with the voice as it now stands.
        """
        for tool in self.tools.values():
            if tool.moderated:
                tool.moderated(contribution, at)

    def today_items(self, user: AbstractBaseUser, at: datetime) -> list[Offered]:
        return [
            item
            for tool in self.tools.values()
            if tool.today_items
            for item in tool.today_items(user, at)
        ]

    def held_by(self, dialogue: Dialogue, user: AbstractBaseUser) -> list[str]:
        """Tell what somebody answers for in a dialogue, and would hand over when they leave."""
        return [
            line
            for tool in self.tools.values()
            if tool.held_by
            for line in tool.held_by(dialogue, user)
        ]

    def handed_over(
        self,
        dialogue: Dialogue,
        leaver: AbstractBaseUser,
        successor: AbstractBaseUser,
        by: AbstractBaseUser,
        at: datetime,
    ) -> None:
        """Let the tools give what one person answered for to another."""
        for tool in self.tools.values():
            if tool.handed_over:
                tool.handed_over(dialogue, leaver, successor, by, at)

    def export(self, participant: Participant) -> dict[str, Mapping[str, object]]:
        return {tool.name: tool.export(participant) for tool in self.tools.values() if tool.export}

    def erase(self, participant: Participant, at: datetime) -> dict[str, int]:
        return {
            tool.name: tool.erase(participant, at) for tool in self.tools.values() if tool.erase
        }

    def withdraw(self, participant: Participant, at: datetime) -> dict[str, int]:
        """Let a participant take all back that is theirs in the tools; the record keeps it."""
        return {
            tool.name: tool.withdraw(participant, at)
            for tool in self.tools.values()
            if tool.withdraw
        }

    def for_the_register(self, dialogue: Dialogue, at: datetime) -> list[RecordPart]:
        return [
            part
            for tool in self.tools.values()
            if tool.for_the_register
            for part in tool.for_the_register(dialogue, at)
        ]

    def register_headings(self, dialogue: Dialogue) -> list[RecordHeading]:
        """Give what `for_the_register` would give, by name and rows to count."""
        return [
            heading
            for tool in self.tools.values()
            if tool.register_headings
            for heading in tool.register_headings(dialogue)
        ]

    def dispose(self, dialogue: Dialogue, at: datetime, most: int) -> dict[str, int]:
        """Dispose of some rows by a decided rule; asked again until nothing more goes."""
        gone: dict[str, int] = {}
        for tool in self.tools.values():
            if tool.dispose:
                gone |= tool.dispose(dialogue, at, most)
        return {kind: count for kind, count in gone.items() if count}

    def to_dispose(self, dialogue: Dialogue) -> dict[str, QuerySet[Any]]:
        """Give the rows that `dispose` would take in all."""
        gone: dict[str, QuerySet[Any]] = {}
        for tool in self.tools.values():
            gone |= tool.to_dispose(dialogue) if tool.to_dispose else {}
        return gone


registry = ToolRegistry()
