"""What statements and the opinion map offer a dialogue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from brygga.core.ui.charts.numbers import count_text
from brygga.dialogues.enums import StepKind
from brygga.dialogues.models import Contribution, Dialogue, Participant, Step
from brygga.dialogues.registry import Card, Fact, OfferedDate, Outcome, Reader, ResultLink, Tool
from brygga.tools.perspectives.models import CurrentVote, Statement
from brygga.tools.perspectives.operations import erasure
from brygga.tools.perspectives.operations import moderated as following
from brygga.tools.perspectives.operations.statements import TOOL
from brygga.tools.perspectives.queries import counted, personal, records, rounds


def step_cards(step: Step, _reader: Reader) -> Iterable[Card]:
    """Offer the statement round of a step where residents take part, or its result."""
    statement_round = rounds.open_round(step.dialogue)
    if statement_round is None or not step.residents_take_part:
        return
    yield Card(
        title=statement_round.question,
        text=gettext("About 5 minutes, stop whenever you like."),
        url=reverse("perspectives:take_part", args=[statement_round.public_id]),
        action=gettext("Say what you think"),
        is_primary=True,
    )


def workspace_cards(step: Step, _user: AbstractBaseUser) -> Iterable[Card]:
    if step.kind not in SUITS:
        return
    yield Card(
        title=gettext("Statements and opinion map"),
        text=gettext("Residents answer statements; the map shows what unites and what divides."),
        url=reverse("perspectives:workspace", args=[step.dialogue.public_id]),
        action=gettext("Open"),
    )


def facts(dialogue: Dialogue, _day: date) -> Iterable[Fact]:
    answered = CurrentVote.objects.filter(round__dialogue=dialogue).aggregate(
        votes=Count("pk"), people=Count("participant", distinct=True)
    )
    if answered["people"]:
        answered["votes"] -= counted.answered_twice(dialogue)
        yield Fact(
            gettext("Answers to statements"),
            ngettext(
                "%(votes)s from %(people)s person",
                "%(votes)s from %(people)s people",
                answered["people"],
            )
            % {name: count_text(number) for name, number in answered.items()},
        )


def results(dialogue: Dialogue) -> Iterable[ResultLink]:
    for opinion_map in rounds.published_maps(dialogue):
        result = opinion_map.result
        if result is not None:
            yield ResultLink(
                public_id=result.public_id,
                title=result.title,
                sentence=gettext("%(votes)s answers from %(people)s people.")
                % {
                    "votes": count_text(opinion_map.votes),
                    "people": count_text(opinion_map.participants),
                },
                url=reverse("perspectives:results", args=[opinion_map.round.public_id]),
            )


def what_became_of(contribution_ids: Sequence[int]) -> Iterable[Outcome]:
    """Tell an author that others have answered their statement; few answers stay unnumbered."""
    rows = Statement.objects.visible().filter(contribution__in=contribution_ids)
    statements = list(rows.select_related("round").order_by("pk"))
    answers = counted.answers_to(statements) if statements else {}
    for statement in statements:
        count = answers[statement.pk].total()
        if count >= TOLD_FROM and statement.contribution_id is not None:
            yield Outcome(
                contribution_id=statement.contribution_id,
                kind=gettext("Statement"),
                text=gettext("%(answers)s people have answered it.") % {"answers": count},
                url=reverse("perspectives:results", args=[statement.round.public_id]),
            )


def receipt(participant: Participant) -> Iterable[Fact]:
    """Give how much a participant has answered, never what."""
    votes = counted.votes_that_count(participant).order_by()
    count = votes.values("counts_for").distinct().count()
    if count:
        yield Fact(gettext("Statements answered"), str(count))


def moderated(contribution: Contribution, at: datetime) -> None:
    following.follow_voice(contribution=contribution, at=at)


def offer_dates(dialogues: Sequence[Dialogue], for_team: bool) -> Iterable[OfferedDate]:  # noqa: FBT001 - the hook's signature
    for statement_round in rounds.with_closing_day(dialogues, for_team=for_team):
        closes_at = statement_round.closes_at
        assert closes_at
        yield OfferedDate(
            dialogue=statement_round.dialogue,
            uid=f"round-{statement_round.public_id}",
            what=gettext("The questions close"),
            first=closes_at,
            text=statement_round.question,
            url=reverse("perspectives:take_part", args=[statement_round.public_id]),
        )


def export(participant: Participant) -> Mapping[str, object]:
    return personal.answers_of(participant)


def erase(participant: Participant, at: datetime) -> int:
    return erasure.erase_votes(participant=participant, at=at)


def withdraw(participant: Participant, _at: datetime) -> int:
    return erasure.withdraw_votes(participant=participant)


TOLD_FROM = 5  # answers, from which an author is told how many there are
SUITS = frozenset({StepKind.PERSPECTIVES, StepKind.DIALOGUE, StepKind.DURING})
TOOL_OFFER = Tool(
    name=TOOL,
    label=_("Statements and opinion map"),
    suits=SUITS,
    step_cards=step_cards,
    workspace_cards=workspace_cards,
    facts=facts,
    results=results,
    what_became_of=what_became_of,
    receipt=receipt,
    offer_dates=offer_dates,
    moderated=moderated,
    export=export,
    erase=erase,
    withdraw=withdraw,
    for_the_register=records.parts_of,
    register_headings=records.headings_of,
    dispose=erasure.dispose,
    to_dispose=erasure.to_dispose,
)
