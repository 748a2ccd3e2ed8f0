"""From answers to points, from points to levels, from levels to a result. README.md tells why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brygga.engines.risk.answers import Answers, Span, check_answers, span_of
from brygga.engines.risk.instrument import (
    DO_NOT_KNOW,
    Alternative,
    Axis,
    Edition,
    Instrument,
    Level,
    Result,
    Statement,
)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one statement adds: the alternative it counts as, its points and share of the score.

    share is from 0 to 1, and 0 if the score is. decisive says that this answer's floor made the
    level higher than the points do.
    """

    statement: str
    alternative: str
    points: int
    share: float
    decisive: bool


@dataclass(frozen=True, slots=True)
class AxisScore:
    """One axis: the points counted, the least and the most that they can be, and their levels.

    most_possible is what all the highest answers give. level is None as long as a statement of
    the axis is unanswered; score then counts nothing for it. contributions holds every statement
    that weighs anything, what weighed most first.
    """

    axis: str
    score: int
    lowest_score: int
    highest_score: int
    most_possible: int
    level: Level | None
    lowest: Level
    highest: Level
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What answers lead to. lowest and highest are what the result can be, both included.

    result is None as long as a statement is unanswered: then only lowest and highest are known.
    doubted are the statements that somebody does not know the answer to.
    """

    edition: Edition
    axes: tuple[AxisScore, ...]
    result: Result | None
    lowest: Result
    highest: Result
    unanswered: tuple[str, ...]
    doubted: tuple[str, ...]

    @property
    def is_preliminary(self) -> bool:
        return bool(self.unanswered)

    @property
    def is_certain(self) -> bool:
        """Tell whether no answer that is missing or doubted can change the result."""
        return self.lowest == self.highest


def assess(instrument: Instrument, answers: Answers) -> Assessment:
    """Judge one assessor's answers, or the answers that a group has agreed on.

    Raises EditionError if they were given to another version or content of the instrument, and
    AnswersError if some are none of its answers.
    """
    check_answers(instrument, answers)
    given = {statement: (answer,) for statement, answer in answers.given.items()}
    return judge(instrument, given)


def judge(instrument: Instrument, given: Mapping[str, Sequence[str]]) -> Assessment:
    """Judge checked answers, any number of them per statement id: the highest of them counts."""
    spans = {
        statement.id: span_of(instrument, statement, given.get(statement.id, ()))
        for statement in instrument.statements
    }
    unanswered = tuple(each.id for each in instrument.statements if not given.get(each.id))
    axes = tuple(_axis_score(instrument, axis, spans, unanswered) for axis in instrument.axes)
    levels = [score.level.id for score in axes if score.level]
    return Assessment(
        edition=instrument.edition,
        axes=axes,
        result=None if unanswered else instrument.result_at(*levels),
        lowest=instrument.result_at(*(score.lowest.id for score in axes)),
        highest=instrument.result_at(*(score.highest.id for score in axes)),
        unanswered=unanswered,
        doubted=tuple(
            each.id for each in instrument.statements if DO_NOT_KNOW in given.get(each.id, ())
        ),
    )


def _axis_score(
    instrument: Instrument, axis: Axis, spans: Mapping[str, Span], unanswered: Sequence[str]
) -> AxisScore:
    statements = instrument.statements_of(axis.id)
    counted, lowest, highest = (
        [each.alternatives[spans[each.id][end]] for each in statements] for end in range(3)
    )
    level = _level(axis, counted)
    lifted = level != _level_by_points(axis, counted)
    return AxisScore(
        axis=axis.id,
        score=_points(counted),
        lowest_score=_points(lowest),
        highest_score=_points(highest),
        most_possible=axis.levels[-1].highest,
        level=None if any(each.id in unanswered for each in statements) else level,
        lowest=_level(axis, lowest),
        highest=_level(axis, highest),
        contributions=_contributions(statements, counted, level.id if lifted else ""),
    )


def _points(alternatives: Iterable[Alternative]) -> int:
    return sum(each.points for each in alternatives)


def _level_by_points(axis: Axis, alternatives: Sequence[Alternative]) -> Level:
    points = _points(alternatives)
    return next(level for level in axis.levels if level.lowest <= points <= level.highest)


def _level(axis: Axis, alternatives: Sequence[Alternative]) -> Level:
    """Return the highest of the level by points and the floors that single answers set."""
    floors = (axis.rank(each.at_least) for each in alternatives if each.at_least)
    by_points = axis.rank(_level_by_points(axis, alternatives).id)
    return axis.levels[max(by_points, *floors, 0)]


def _contributions(
    statements: Sequence[Statement], counted: Sequence[Alternative], floor: str
) -> tuple[Contribution, ...]:
    """Order by weight: a floor that decided, then points, then the order of the instrument."""
    total = _points(counted)
    found = [
        Contribution(
            statement=statement.id,
            alternative=alternative.id,
            points=alternative.points,
            share=alternative.points / total if total else 0.0,
            decisive=bool(floor) and alternative.at_least == floor,
        )
        for statement, alternative in zip(statements, counted, strict=True)
        if alternative.points or (floor and alternative.at_least == floor)
    ]
    return tuple(sorted(found, key=lambda each: (not each.decisive, -each.points)))
