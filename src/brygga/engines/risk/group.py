"""Several assessors on one matter: every answer is kept, and the highest counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from brygga.engines.risk.answers import Answers, check_answers
from brygga.engines.risk.instrument import DO_NOT_KNOW, Instrument, Statement
from brygga.engines.risk.scoring import Assessment, assess, judge


@dataclass(frozen=True, slots=True)
class Spread:
    """How a group answered one statement.

    counts has every alternative's id from low to high, also those that nobody chose. lowest and
    highest are the outermost that somebody chose, None if nobody did. width is how many steps
    apart these are.
    """

    statement: str
    counts: Mapping[str, int]
    do_not_know: int
    unanswered: int
    lowest: str | None
    highest: str | None
    width: int

    @property
    def is_agreed(self) -> bool:
        """Tell whether all who answered answered alike; true if at most one did."""
        kinds = [*self.counts.values(), self.do_not_know]
        return sum(1 for count in kinds if count) <= 1


@dataclass(frozen=True, slots=True)
class Together:
    """A group's assessment by the highest answers, each assessor's own, and where they differ.

    spreads follow the instrument's order, a spread per statement.
    """

    assessment: Assessment
    singles: Mapping[str, Assessment]
    spreads: tuple[Spread, ...]

    @property
    def disputed(self) -> tuple[Spread, ...]:
        """Return the statements that were answered differently, those farthest apart first."""
        found = [spread for spread in self.spreads if not spread.is_agreed]
        return tuple(sorted(found, key=lambda spread: -spread.width))


def together(instrument: Instrument, answers: Mapping[str, Answers]) -> Together:
    """Judge what several assessors answered, each known by any key; no key is read.

    Per statement the highest answer counts. A statement is answered as soon as one of them has
    answered it; who has not is told by singles and spreads. Raises EditionError and AnswersError
    as `assess` does.
    """
    for each in answers.values():
        check_answers(instrument, each)
    given = {
        statement.id: [
            each.given[statement.id] for each in answers.values() if statement.id in each.given
        ]
        for statement in instrument.statements
    }
    return Together(
        assessment=judge(instrument, given),
        singles={assessor: assess(instrument, each) for assessor, each in answers.items()},
        spreads=tuple(
            _spread(statement, given[statement.id], len(answers))
            for statement in instrument.statements
        ),
    )


def _spread(statement: Statement, given: list[str], assessors: int) -> Spread:
    chosen = Counter(given)
    ids = [each.id for each in statement.alternatives]
    ranks = [rank for rank, each in enumerate(ids) if chosen[each]]
    return Spread(
        statement=statement.id,
        counts={each: chosen[each] for each in ids},
        do_not_know=chosen[DO_NOT_KNOW],
        unanswered=assessors - len(given),
        lowest=ids[ranks[0]] if ranks else None,
        highest=ids[ranks[-1]] if ranks else None,
        width=ranks[-1] - ranks[0] if ranks else 0,
    )
