"""An instrument as a value: what is asked, what the answers weigh, and what the result means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

DO_NOT_KNOW = "do_not_know"
LANGUAGES = ("sv", "en")


class Kind(StrEnum):
    """The three steps: many matters quickly, one matter by statements, one matter in depth."""

    SCREENING = "screening"
    STATEMENTS = "statements"
    MATRIX = "matrix"


class Origin(StrEnum):
    """Whose an instrument, or a statement's topic, is."""

    BRYGGA = "brygga"
    SKR = "skr"
    ORGANISATION = "organisation"


class WayOn(StrEnum):
    """What an assessment leads to."""

    INFORM = "inform"
    HANDLE_DIRECTLY = "handle_directly"
    ORDINARY_DIALOGUE = "ordinary_dialogue"
    COMPLEX_DIALOGUE = "complex_dialogue"
    SEEK_SUPPORT = "seek_support"
    SAFETY_FIRST = "safety_first"


# The first two need no dialogue and none is milder than the other; from there each takes more care.
CARE = {
    WayOn.INFORM: 0,
    WayOn.HANDLE_DIRECTLY: 0,
    WayOn.ORDINARY_DIALOGUE: 1,
    WayOn.COMPLEX_DIALOGUE: 2,
    WayOn.SEEK_SUPPORT: 3,
    WayOn.SAFETY_FIRST: 4,
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    sv: str
    en: str

    def within(self, language: str) -> str:
        """Return the English text for "en" and its kin ("en-gb"), the Swedish one otherwise."""
        return self.en if language.startswith("en") else self.sv


@dataclass(frozen=True, slots=True)
class Edition:
    """Which instrument, which version and which content; a change of content is another edition."""

    id: str
    version: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Link:
    """Where the kin or the origin of an instrument is found; the address may differ by language."""

    name: Text
    address: Text


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and a text: a role, a thinking aid, an answer on a shared scale."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Alternative:
    """One answer and its points; at_least is the level that this answer alone sets as a floor."""

    id: str
    text: Text
    points: int
    at_least: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, its number as shown ("2.1"), its axis, and its alternatives from low to high.

    topic_by tells whose the topic is; the words are those of whom the instrument belongs to.
    """

    id: str
    number: str
    topic: str
    axis: str
    topic_by: Origin
    heading: Text
    text: Text
    help: Text
    sources: Text
    alternatives: tuple[Alternative, ...]

    def rank(self, alternative: str) -> int:
        """Return the place of an alternative, from 0 and up; ValueError if there is none such."""
        return [each.id for each in self.alternatives].index(alternative)


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading with the statements under it; all of them weigh on one axis."""

    id: str
    axis: str
    title: Text


@dataclass(frozen=True, slots=True)
class Level:
    """A level holds the sums of points from lowest to highest, both included."""

    id: str
    lowest: int
    highest: int
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Axis:
    """What is judged, as levels from low to high without holes between them."""

    id: str
    name: Text
    meaning: Text
    levels: tuple[Level, ...]

    def rank(self, level: str) -> int:
        """Return the place of a level, from 0 and up; ValueError if there is none such."""
        return [each.id for each in self.levels].index(level)


@dataclass(frozen=True, slots=True)
class Way:
    """One way on, in the instrument's words."""

    id: WayOn
    name: Text
    meaning: Text


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to do, and the role that usually does it; its id stays, whatever it is worded."""

    id: str
    text: Text
    who: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one place means: a level, or a square with a level per axis, in the order of the axes.

    way is the first way on and then what follows it; next is the assessment that comes next.
    """

    id: str
    at: tuple[str, ...]
    name: Text
    meaning: Text
    why: Text
    measures: tuple[str, ...]
    avoid: tuple[Text, ...]
    way: WayOn | None
    then: tuple[WayOn, ...]
    next: Kind | None


@dataclass(frozen=True)
class Instrument:
    """A whole instrument, as read and checked by `read`.

    do_not_know is the id of the alternative that "do not know" counts as; None if nobody may
    answer so.
    """

    edition: Edition
    kind: Kind
    origin: Origin
    label: Text
    title: Text
    intro: Text
    link: Link
    do_not_know: str | None
    scale: tuple[Named, ...]
    aids: tuple[Named, ...]
    roles: tuple[Named, ...]
    axes: tuple[Axis, ...]
    topics: tuple[Topic, ...]
    statements: tuple[Statement, ...]
    ways: tuple[Way, ...]
    measures: tuple[Measure, ...]
    results: tuple[Result, ...]

    def result_at(self, *levels: str) -> Result:
        """Return the result for a level per axis, by id; ValueError if there is none such."""
        return self.results[[each.at for each in self.results].index(levels)]

    def statements_of(self, axis: str) -> tuple[Statement, ...]:
        return tuple(each for each in self.statements if each.axis == axis)

    def topics_with_statements(self) -> Iterator[tuple[Topic, tuple[Statement, ...]]]:
        """Go through the headings in order, each with its statements in order."""
        for topic in self.topics:
            yield topic, tuple(each for each in self.statements if each.topic == topic.id)

    def measures_of(self, result: Result) -> tuple[Measure, ...]:
        by_id = {measure.id: measure for measure in self.measures}
        return tuple(by_id[each] for each in result.measures)
