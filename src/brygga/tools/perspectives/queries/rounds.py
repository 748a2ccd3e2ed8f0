"""Fetching rounds and statements, and what comes next for a participant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from brygga.dialogues.models import Dialogue, Participant
from brygga.dialogues.queries import Reader, get_dialogue_for, get_public_dialogue
from brygga.dialogues.rules import Permission
from brygga.engines.opinion import draw_statement
from brygga.tools.perspectives.models import (
    CurrentVote,
    OpinionMap,
    Statement,
    StatementRound,
    VoteEvent,
)
from brygga.tools.perspectives.queries.counted import votes_that_count


def get_round_for_reader(
    public_id: str, reader: Reader, permission: Permission = Permission.READ
) -> StatementRound:
    """Give a round that a resident may meet; Http404 to those who may not know of it."""
    statement_round = _by_public_id(public_id)
    statement_round.dialogue = get_public_dialogue(
        statement_round.dialogue.public_id, reader, permission
    )
    return statement_round


def get_round_for(
    user: AbstractBaseUser, public_id: str, permission: Permission, *, at: datetime
) -> StatementRound:
    """Give a round to somebody of the team with this right; Http404 to everybody else."""
    statement_round = _by_public_id(public_id)
    statement_round.dialogue = get_dialogue_for(
        user, statement_round.dialogue.public_id, permission, at=at
    )
    return statement_round


def may_follow_job(user: AbstractBaseUser, public_id: str, at: datetime) -> bool:
    """Say whether somebody may see how a job about a round goes: who may use its tools."""
    try:
        get_round_for(user, public_id, Permission.USE_TOOLS, at=at)
    except Http404:
        return False
    return True


def _by_public_id(public_id: str) -> StatementRound:
    found = StatementRound.objects.filter(public_id=public_id).select_related("dialogue").first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Progress:
    """How far a participant has come: answered of all that can be answered."""

    answered: int
    total: int

    @property
    def is_finished(self) -> bool:
        return self.answered >= self.total


def progress(statement_round: StatementRound, participant: Participant | None) -> Progress:
    visible = Statement.objects.visible().filter(round=statement_round)
    counted = votes_that_count(participant).filter(counts_for__in=visible).order_by()
    answered = counted.values("counts_for").distinct().count() if participant else 0
    return Progress(answered=answered, total=visible.count())


def next_statement(
    statement_round: StatementRound, participant: Participant | None, chance: float
) -> Statement | None:
    """Draw what a participant is asked next; `chance` in [0, 1) is the caller's random number."""
    visible = Statement.objects.visible().filter(round=statement_round)
    answered = votes_that_count(participant).order_by().values("counts_for")
    open_numbers = visible.exclude(pk__in=answered) if participant else visible
    drawn = draw_statement(
        list(open_numbers.values_list("number", flat=True)), priorities(statement_round), chance
    )
    return (
        visible.select_related("contribution").filter(number=drawn).first()
        if drawn is not None
        else None
    )


def priorities(statement_round: StatementRound) -> dict[int, float]:
    """Give each statement's weight in the draw by the latest map; new ones are not in it yet."""
    latest = _maps(statement_round).values_list("priorities", flat=True).first() or {}
    return {int(number): weight for number, weight in latest.items()}


def latest_map(statement_round: StatementRound) -> OpinionMap | None:
    return _maps(statement_round).first()


def _maps(statement_round: StatementRound) -> QuerySet[OpinionMap]:
    return OpinionMap.objects.filter(round=statement_round).order_by("-computed_at", "-pk")


def get_statement(statement_round: StatementRound, public_id: str) -> Statement:
    """Give a statement that residents see in this round; Http404 for all others."""
    found = (
        Statement.objects.visible()
        .filter(round=statement_round, public_id=public_id)
        .select_related("round", "contribution")
        .first()
    )
    if found is None:
        raise Http404
    return found


def vote_of(participant: Participant | None, statement: Statement) -> CurrentVote | None:
    return votes_that_count(participant).filter(counts_for=statement.pk).first()


@dataclass(frozen=True)
class Answer:
    """What one person answered, and to which statement it counts now."""

    statement: Statement
    vote: CurrentVote

    @property
    def words_answered(self) -> str:
        """Give the words that were answered, where another statement stands for them now."""
        return "" if self.vote.statement_id == self.statement.pk else self.vote.statement.text


def votes_by(statement_round: StatementRound, participant: Participant | None) -> list[Answer]:
    """List a participant's answers in this round, the latest first."""
    votes = votes_that_count(participant).filter(round=statement_round).select_related("statement")
    counting: dict[int, CurrentVote] = {}
    for vote in votes:
        counting.setdefault(vote.counts_for, vote)
    shown = Statement.objects.visible().in_bulk(list(counting))
    answers = [Answer(shown[key], vote) for key, vote in counting.items() if key in shown]
    return sorted(answers, key=lambda answer: (answer.vote.at, answer.vote.pk), reverse=True)


def previous_statement(
    statement_round: StatementRound, participant: Participant | None, statement: Statement
) -> Statement | None:
    """Give what a participant answered last before this statement, to go back to."""
    if participant is None:
        return None
    answers = votes_by(statement_round, participant)
    own = next((each for each in answers if each.statement == statement), None)
    earlier = [each for each in answers if own is None or each.vote.at < own.vote.at]
    return earlier[0].statement if earlier else None


def get_round(pk: int) -> StatementRound:
    """Give a round to the worker, which asks for nobody."""
    return StatementRound.objects.get(pk=pk)


def rounds_with_new_votes() -> QuerySet[StatementRound]:
    """List the rounds where somebody has voted since the latest map."""
    drawn = OpinionMap.objects.filter(round=OuterRef("pk")).order_by("-computed_at", "-pk")
    newer = VoteEvent.objects.filter(
        statement__round=OuterRef("pk"), pk__gt=OuterRef("latest_event")
    )
    return (
        StatementRound.objects.annotate(
            latest_event=Coalesce(Subquery(drawn.values("last_event_id")[:1]), 0)
        )
        .filter(Exists(newer))
        .order_by("pk")
    )


def rounds_of(dialogue: Dialogue) -> QuerySet[StatementRound]:
    """List a dialogue's rounds with how much is in them, the newest first."""
    return (
        StatementRound.objects.filter(dialogue=dialogue)
        .annotate(
            statement_count=Count("statements", distinct=True),
            people=Count("votes__participant", distinct=True),
        )
        .order_by("-pk")
    )


def with_closing_day(dialogues: Sequence[Dialogue], *, for_team: bool) -> QuerySet[StatementRound]:
    """List the rounds that close at a known time; those without an opening are the team's own."""
    rounds = StatementRound.objects.filter(dialogue__in=dialogues, closes_at__isnull=False)
    if not for_team:
        rounds = rounds.filter(opens_at__isnull=False)
    return rounds.select_related("dialogue").order_by("closes_at", "pk")


def open_round(dialogue: Dialogue) -> StatementRound | None:
    """Give the newest round of a dialogue that has an opening time; the page says if it is over."""
    rounds = StatementRound.objects.filter(dialogue=dialogue, opens_at__isnull=False)
    return rounds.order_by("-opens_at", "-pk").first()


def published_maps(dialogue: Dialogue) -> QuerySet[OpinionMap]:
    return (
        OpinionMap.objects.filter(round__dialogue=dialogue, result__isnull=False)
        .select_related("round", "result")
        .defer("positions", "summary", "priorities")
        .order_by("-computed_at", "-pk")
    )
