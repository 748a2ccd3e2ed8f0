"""Reads an instrument's file. Reading is checking: a file with any fault is refused as a whole."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date

from brygga.engines.risk.checks import check
from brygga.engines.risk.faults import Fault, Faults, InstrumentError, Wrong
from brygga.engines.risk.instrument import (
    Alternative,
    Axis,
    Edition,
    Instrument,
    Kind,
    Level,
    Link,
    Measure,
    Named,
    Origin,
    Result,
    Statement,
    Text,
    Topic,
    Way,
    WayOn,
)
from brygga.engines.risk.lines import MOST_DEPTH, TooDeepError, lines_of
from brygga.engines.risk.table import Table, normal

MOST_CHARACTERS = 200_000
MOST_IN_LINE = 2_000  # reading a dotted key takes quadratic time, and no key leaves its line
MOST_POINTS = 1_000
HEADING, SENTENCE, PARAGRAPH = 120, 400, 900  # the most characters of a text


def read(source: str | bytes) -> Instrument:
    """Read an instrument from the TOML text of its file, or from the bytes of it (UTF-8).

    The form of the file is Brygga's own; src/brygga/tools/risks/instruments shows it. Raises
    InstrumentError, and nothing else, with everything that is wrong and its lines.
    """
    text = _text(source)
    try:
        faults = Faults(lines_of(text))
    except TooDeepError as error:
        raise _refused(error.line, Wrong.TOO_DEEP, most=MOST_DEPTH) from None
    document = _parsed(text)
    instrument = _instrument(Table(document, (), faults), fingerprint(document))
    check(instrument, faults)
    faults.raise_if_any()
    return instrument


def fingerprint(document: Mapping[str, object]) -> str:
    """Return the SHA-256 of what a file says, in hex: 64 characters.

    Comments, order of keys, line breaks and the kind of quotation marks make no difference, nor do
    repeated spaces in a text; any other change does.
    """
    canonical = json.dumps(_canonical(document), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _canonical(value: object) -> object:
    if isinstance(value, Mapping):
        return {normal(key): _canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_canonical(inner) for inner in value]
    if isinstance(value, str):
        return normal(value)
    return value.isoformat() if isinstance(value, date) else repr(value)


def _text(source: str | bytes) -> str:
    text = (source if isinstance(source, str) else _decoded(source)).removeprefix("\ufeff")
    if len(text) > MOST_CHARACTERS:
        raise _refused(1, Wrong.TOO_LARGE, size=len(text), most=MOST_CHARACTERS)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MOST_IN_LINE:
            raise _refused(number, Wrong.LONG_LINE, size=len(line), most=MOST_IN_LINE)
    return text


def _decoded(source: bytes) -> str:
    if len(source) > 4 * MOST_CHARACTERS:  # no character takes more bytes
        raise _refused(1, Wrong.TOO_LARGE, size=len(source), most=MOST_CHARACTERS)
    try:
        return source.decode()
    except UnicodeDecodeError as error:
        raise _refused(source.count(b"\n", 0, error.start) + 1, Wrong.NOT_UTF8) from None


def _parsed(text: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = str(error)
        named = re.search(r" \(at line (\d+), column \d+\)", reason)
        last = text.rstrip().count("\n") + 1
        line = int(named[1]) if named else last
        shown = re.sub(r" \(at .*\)", "", reason)
        raise _refused(line, Wrong.NOT_TOML, reason=ascii(shown)[1:-1]) from None


def _refused(line: int, wrong: Wrong, **values: str | int) -> InstrumentError:
    return InstrumentError((Fault(line, "", wrong, values),))


def _instrument(table: Table, content: str) -> Instrument:
    kind = Kind(table.choice("kind", Kind))
    axes = tuple(_axis(each) for each in table.tables("axis", fewest=1, most=2))
    topics = tuple(_topic(each) for each in table.tables("topic", fewest=1, most=20))
    instrument = Instrument(
        edition=Edition(table.identifier("id"), table.version("version"), content),
        kind=kind,
        origin=Origin(table.choice("origin", Origin)),
        label=table.text("label", HEADING),
        title=table.text("title", HEADING),
        intro=table.text("intro", PARAGRAPH),
        link=_link(table.table("link")),
        do_not_know=table.identifier("do_not_know") if table.has("do_not_know") else None,
        scale=_named(table, "scale", 0, 5),
        aids=_named(table, "aid", 0, 12),
        roles=_named(table, "role", 1, 30),
        axes=axes,
        topics=topics,
        statements=_statements(table, topics),
        ways=tuple(_way(each) for each in table.tables("way", fewest=1, most=len(WayOn))),
        measures=tuple(_measure(each) for each in table.tables("measure", fewest=1, most=200)),
        results=tuple(_result(each, axes) for each in table.tables("result", fewest=3, most=9)),
    )
    table.close()
    return instrument


def _named(table: Table, key: str, fewest: int, most: int) -> tuple[Named, ...]:
    found = []
    for each in table.tables(key, fewest=fewest, most=most):
        found.append(Named(each.identifier("id"), each.own_text(SENTENCE)))
        each.close()
    return tuple(found)


def _link(table: Table) -> Link:
    link = Link(table.text("name", HEADING), table.address("address"))
    table.close()
    return link


def _axis(table: Table) -> Axis:
    axis = Axis(
        id=table.identifier("id"),
        name=table.text("name", HEADING),
        meaning=table.text("meaning", SENTENCE),
        levels=tuple(_level(each) for each in table.tables("level", fewest=3, most=3)),
    )
    table.close()
    return axis


def _level(table: Table) -> Level:
    level = Level(
        id=table.identifier("id"),
        lowest=table.number("from", 0, 40 * MOST_POINTS),
        highest=table.number("to", 0, 40 * MOST_POINTS),
        name=table.text("name", HEADING),
        meaning=table.text("meaning", SENTENCE),
    )
    table.close()
    return level


def _topic(table: Table) -> Topic:
    topic = Topic(table.identifier("id"), table.identifier("axis"), table.text("title", HEADING))
    table.close()
    return topic


def _statements(table: Table, topics: tuple[Topic, ...]) -> tuple[Statement, ...]:
    order = {topic.id: place for place, topic in enumerate(topics, 1)}
    axis = {topic.id: topic.axis for topic in topics}
    used: dict[str, int] = {}
    found = []
    for each in table.tables("statement", fewest=1, most=40):
        topic = each.identifier("topic")
        used[topic] = used.get(topic, 0) + 1
        number = f"{order.get(topic, 0)}.{used[topic]}"
        found.append(_statement(each, topic, axis.get(topic, ""), number))
    return tuple(found)


def _statement(table: Table, topic: str, axis: str, number: str) -> Statement:
    statement = Statement(
        id=table.identifier("id"),
        number=number,
        topic=topic,
        axis=axis,
        topic_by=Origin(table.choice("topic_by", Origin)),
        heading=table.text("heading", HEADING),
        text=table.text("text", SENTENCE),
        help=table.text("help", PARAGRAPH),
        sources=table.text("sources", SENTENCE),
        alternatives=tuple(
            _alternative(each) for each in table.tables("alternative", fewest=2, most=5)
        ),
    )
    table.close()
    return statement


def _alternative(table: Table) -> Alternative:
    alternative = Alternative(
        id=table.identifier("id"),
        text=table.own_text(SENTENCE),
        points=table.number("points", 0, MOST_POINTS),
        at_least=table.identifier("at_least") if table.has("at_least") else None,
    )
    table.close()
    return alternative


def _way(table: Table) -> Way:
    way = Way(
        id=WayOn(table.choice("id", WayOn)),
        name=table.text("name", HEADING),
        meaning=table.text("meaning", SENTENCE),
    )
    table.close()
    return way


def _measure(table: Table) -> Measure:
    measure = Measure(table.identifier("id"), table.own_text(SENTENCE), table.identifier("who"))
    table.close()
    return measure


def _result(table: Table, axes: tuple[Axis, ...]) -> Result:
    place = table.table("at")
    at = tuple(place.identifier(axis.id) for axis in axes if axis.id)
    place.close()
    result = Result(
        id=table.identifier("id"),
        at=at,
        name=table.text("name", HEADING),
        meaning=table.text("meaning", PARAGRAPH),
        why=table.text("why", PARAGRAPH),
        measures=table.identifiers("measures", fewest=1, most=12),
        avoid=_avoid(table),
        way=WayOn(table.choice("way", WayOn)) if table.has("way") else None,
        then=_then(table),
        next=Kind(table.choice("next", Kind)) if table.has("next") else None,
    )
    table.close()
    return result


def _avoid(table: Table) -> tuple[Text, ...]:
    found = []
    for each in table.tables("avoid", fewest=1, most=8):
        found.append(each.own_text(SENTENCE))
        each.close()
    return tuple(found)


def _then(table: Table) -> tuple[WayOn, ...]:
    """A faulty way is left out; its fault is noted."""
    found = []
    for place, way in enumerate(table.identifiers("then", fewest=0, most=len(WayOn))):
        if way in list(WayOn):
            found.append(WayOn(way))
        elif way:
            path = (*table.path, "then", place)
            table.faults.add(path, Wrong.NOT_A_CHOICE, value=way, choices=", ".join(WayOn))
    return tuple(found)
