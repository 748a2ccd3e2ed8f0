"""Statement rounds for tests, and a seeded electorate with latent groups."""

import random
from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from brygga.dialogues.enums import StepKind
from brygga.tools.perspectives.enums import Moderation, StatementState, VoteValue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.operations.votes import cast_vote
from tests.factories.dialogues import NOW, ParticipantFactory, dialogue_in

OPENS = datetime(2026, 3, 15, 7, tzinfo=UTC)


class StatementRoundFactory(DjangoModelFactory):
    """A round that is open, in a dialogue that gathers perspectives."""

    class Meta:
        model = StatementRound

    dialogue = factory.LazyFunction(lambda: dialogue_in(StepKind.PERSPECTIVES))
    question = "Vad är viktigt för skolan i Sjöviken?"
    opens_at = OPENS
    moderation = Moderation.AFTER


class StatementFactory(DjangoModelFactory):
    """A seed statement that residents see."""

    class Meta:
        model = Statement

    round = factory.SubFactory(StatementRoundFactory)
    number = factory.Sequence(lambda number: number)
    text = factory.Sequence(lambda number: f"Skolan ska vara kvar, skäl {number}.")
    state = StatementState.PUBLISHED
    created_at = NOW


def electorate(statement_round, *, groups=2, size=15, statements=10, seed=1):
    """Let groups of people vote, each leaning its own way, with some passes; gives the people."""
    draw = random.Random(seed)
    latest = statement_round.statements.order_by("-number").first()
    first = latest.number + 1 if latest else 0
    asked = [
        StatementFactory(round=statement_round, number=first + number)
        for number in range(statements)
    ]
    people = []
    for group in range(groups):
        for _ in range(size):
            person = ParticipantFactory(dialogue=statement_round.dialogue)
            people.append(person)
            for place, statement in enumerate(asked):
                leans = VoteValue.AGREE if place % groups == group else VoteValue.DISAGREE
                value = leans if draw.random() < 0.85 else VoteValue.PASS
                cast_vote(
                    statement=statement, participant=person, value=value, is_important=False, at=NOW
                )
    return people
