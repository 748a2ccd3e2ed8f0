"""Answers, and how sure they are: from what may be the lowest to what may be the highest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from brygga.engines.risk.instrument import DO_NOT_KNOW, Edition, Instrument, Statement


@dataclass(frozen=True, slots=True)
class Answers:
    """What one assessor answered: an alternative's id or DO_NOT_KNOW, by statement id.

    edition is the one of the instrument that they read when they answered.
    """

    edition: Edition
    given: Mapping[str, str]


class EditionError(ValueError):
    """Answers were given to another instrument, or to another version or content of it."""

    def __init__(self, given: Edition, wanted: Edition) -> None:
        super().__init__(f"the answers belong to {_named(given)}, not to {_named(wanted)}")
        self.given = given
        self.wanted = wanted


class AnswersError(ValueError):
    """Some answers are none of the instrument's; faults tells which, by statement id."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        told = (f"{statement}: {fault}" for statement, fault in faults.items())
        super().__init__("\n".join(told))
        self.faults = faults


class Span(NamedTuple):
    """What an answer counts as and the lowest and highest it can be, as places of alternatives.

    "Do not know" counts as the alternative that the instrument names and can be any of them. What
    nobody answered counts as the lowest and can be any of them; it is never shown as an answer.
    """

    counted: int
    lowest: int
    highest: int


def check_answers(instrument: Instrument, answers: Answers) -> None:
    """Raise EditionError or AnswersError unless each answer belongs to this very edition."""
    if answers.edition != instrument.edition:
        raise EditionError(answers.edition, instrument.edition)
    statements = {statement.id: statement for statement in instrument.statements}
    faults = {}
    for statement, answer in answers.given.items():
        if statement not in statements:
            faults[statement] = "there is no such statement"
        elif answer == DO_NOT_KNOW and not instrument.do_not_know:
            faults[statement] = "“do not know” is no answer here"
        elif answer not in {DO_NOT_KNOW, *(each.id for each in statements[statement].alternatives)}:
            faults[statement] = f"there is no alternative {answer!r}"
    if faults:
        raise AnswersError(faults)


def span_of(instrument: Instrument, statement: Statement, given: Iterable[str]) -> Span:
    """Take the higher of all the answers that were given to a statement, end by end."""
    top = len(statement.alternatives) - 1
    spans = []
    for answer in given:
        if answer == DO_NOT_KNOW:
            doubt = statement.rank(instrument.do_not_know or answer)
            spans.append(Span(doubt, 0, top))
        else:
            spans.append(Span(*[statement.rank(answer)] * 3))
    if not spans:
        return Span(0, 0, top)
    return Span(*(max(end) for end in zip(*spans, strict=True)))


def _named(edition: Edition) -> str:
    return f"{edition.id!r} version {edition.version} (content {edition.fingerprint[:12]})"
