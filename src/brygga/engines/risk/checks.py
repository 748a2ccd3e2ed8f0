"""Checks that the parts of an instrument fit together.

Each check looks only at parts that were read without a fault, so that one fault is told once.
"""

from collections.abc import Iterable, Iterator, Sequence

from brygga.engines.risk.faults import Faults, Wrong
from brygga.engines.risk.instrument import (
    CARE,
    DO_NOT_KNOW,
    Axis,
    Instrument,
    Kind,
    Result,
    Statement,
)
from brygga.engines.risk.lines import Path

AXES_OF_THE_MATRIX = ("complexity", "conflict")


def check(instrument: Instrument, faults: Faults) -> None:
    """Note what does not fit together in an instrument that was read with these faults."""
    _check_ids(instrument, faults)
    _check_references(instrument, faults)
    _check_use(instrument, faults)
    _check_kind(instrument, faults)
    for place, axis in enumerate(instrument.axes):
        if faults.spare(("axis", place)):
            _check_levels(instrument, place, axis, faults)
    for place, statement in enumerate(instrument.statements):
        if faults.spare(("statement", place)):
            _check_alternatives(instrument, place, statement, faults)
    _check_results(instrument, faults)


def _check_ids(instrument: Instrument, faults: Faults) -> None:
    lists: dict[Path, Iterable[str]] = {
        ("scale",): (each.id for each in instrument.scale),
        ("aid",): (each.id for each in instrument.aids),
        ("role",): (each.id for each in instrument.roles),
        ("axis",): (each.id for each in instrument.axes),
        ("topic",): (each.id for each in instrument.topics),
        ("statement",): (each.id for each in instrument.statements),
        ("way",): (each.id for each in instrument.ways),
        ("measure",): (each.id for each in instrument.measures),
        ("result",): (each.id for each in instrument.results),
    }
    for place, axis in enumerate(instrument.axes):
        lists["axis", place, "level"] = (each.id for each in axis.levels)
    for place, statement in enumerate(instrument.statements):
        lists["statement", place, "alternative"] = (each.id for each in statement.alternatives)
    for path, ids in lists.items():
        _check_unique(path, list(ids), faults)


def _check_unique(path: Path, ids: Sequence[str], faults: Faults) -> None:
    first: dict[str, int] = {}
    for place, each in enumerate(ids):
        if each == DO_NOT_KNOW and path[-1] == "alternative":
            faults.add((*path, place, "id"), Wrong.RESERVED, id=each)
        if each and each in first:
            line = faults.line((*path, first[each], "id"))
            faults.add((*path, place, "id"), Wrong.DUPLICATE, id=each, first=line)
        first.setdefault(each, place)


def _references(instrument: Instrument) -> Iterator[tuple[Path, str, str]]:
    """Go through all that is named elsewhere: where it is named, the list it is in, its id."""
    for place, topic in enumerate(instrument.topics):
        yield ("topic", place, "axis"), "axis", topic.axis
    for place, statement in enumerate(instrument.statements):
        yield ("statement", place, "topic"), "topic", statement.topic
    for place, measure in enumerate(instrument.measures):
        yield ("measure", place, "who"), "role", measure.who
    for place, result in enumerate(instrument.results):
        for number, each in enumerate(result.measures):
            yield ("result", place, "measures", number), "measure", each
        if result.way:
            yield ("result", place, "way"), "way", result.way
        for number, way in enumerate(result.then):
            yield ("result", place, "then", number), "way", way


def _defined(instrument: Instrument) -> dict[str, list[str]]:
    return {
        "axis": [each.id for each in instrument.axes],
        "topic": [each.id for each in instrument.topics],
        "role": [each.id for each in instrument.roles],
        "measure": [each.id for each in instrument.measures],
        "way": [each.id for each in instrument.ways],
    }


def _check_references(instrument: Instrument, faults: Faults) -> None:
    defined = _defined(instrument)
    seen: set[Path] = set()
    for path, where, name in _references(instrument):
        if name and name not in defined[where]:
            faults.add(path, Wrong.NOT_DEFINED, id=name)
        group = (*path[:-1], name)
        if path[-2] in {"measures", "then"} and name:
            if group in seen:
                faults.add(path, Wrong.DUPLICATE, id=name, first=faults.line(path[:-1]))
            seen.add(group)


def _check_use(instrument: Instrument, faults: Faults) -> None:
    lists = ("topic", "statement", "role", "measure", "way", "result")
    if not faults.spare(*((each,) for each in lists)):
        return
    used = {(where, name) for _, where, name in _references(instrument)}
    for where, names in _defined(instrument).items():
        for place, name in enumerate(names):
            if where != "axis" and (where, name) not in used:
                faults.add((where, place, "id"), Wrong.NEVER_USED, id=name)


def _check_kind(instrument: Instrument, faults: Faults) -> None:
    axes = tuple(axis.id for axis in instrument.axes)
    matrix = instrument.kind == Kind.MATRIX
    if not faults.spare(("kind",), ("axis",)):
        return
    if matrix and axes != AXES_OF_THE_MATRIX:
        faults.add(("axis",), Wrong.AXES, wanted=", ".join(AXES_OF_THE_MATRIX))
    if not matrix and len(axes) != 1:
        faults.add(("axis",), Wrong.TOO_MANY, number=len(axes), most=1)
    if instrument.kind == Kind.SCREENING:
        if len(instrument.statements) != 1 and faults.spare(("statement",)):
            number = len(instrument.statements)
            faults.add(("statement",), Wrong.ONE_STATEMENT, number=number)
        if not instrument.aids and faults.spare(("aid",)):
            faults.add(("aid",), Wrong.NO_AIDS)


def _check_levels(instrument: Instrument, place: int, axis: Axis, faults: Faults) -> None:
    path: Path = ("axis", place, "level")
    wanted = 0
    for number, level in enumerate(axis.levels):
        start, end = (*path, number, "from"), (*path, number, "to")
        if level.highest < level.lowest:
            faults.add(end, Wrong.LEVEL_FALLS, to=level.highest, from_=level.lowest)
        if number and level.lowest > wanted:
            faults.add(start, Wrong.LEVELS_HOLE, wanted=wanted)
        elif number and level.lowest < wanted:
            faults.add(start, Wrong.LEVELS_OVERLAP, found=level.lowest)
        wanted = level.highest + 1
    if faults.spare(("statement",), ("topic",)):
        _check_ends(instrument, place, axis, faults)


def _check_ends(instrument: Instrument, place: int, axis: Axis, faults: Faults) -> None:
    """The levels begin and end where the sums of all lowest and all highest answers do."""
    path: Path = ("axis", place, "level")
    statements = instrument.statements_of(axis.id)
    if not statements:
        faults.add(("axis", place), Wrong.NO_STATEMENTS, id=axis.id)
        return
    least = sum(each.alternatives[0].points for each in statements)
    most = sum(each.alternatives[-1].points for each in statements)
    first, last = axis.levels[0], axis.levels[-1]
    if first.lowest != least:
        faults.add((*path, 0, "from"), Wrong.LEVELS_START, found=first.lowest, wanted=least)
    if last.highest != most:
        where = (*path, len(axis.levels) - 1, "to")
        faults.add(where, Wrong.LEVELS_END, found=last.highest, wanted=most)


def _check_alternatives(
    instrument: Instrument, place: int, statement: Statement, faults: Faults
) -> None:
    path: Path = ("statement", place, "alternative")
    before = None
    for number, each in enumerate(statement.alternatives):
        if before and each.points <= before.points:
            where = (*path, number, "points")
            faults.add(where, Wrong.POINTS_DO_NOT_RISE, points=each.points, before=before.points)
        before = each
    _check_floors(instrument, path, statement, faults)
    ids = [each.id for each in statement.alternatives]
    scale = [each.id for each in instrument.scale]
    if scale and faults.spare(("scale",)) and ids != scale:
        faults.add(path, Wrong.SCALE, wanted=", ".join(scale))
    if instrument.do_not_know and instrument.do_not_know not in ids:
        faults.add(("do_not_know",), Wrong.NOT_DEFINED, id=instrument.do_not_know)


def _check_floors(instrument: Instrument, path: Path, statement: Statement, faults: Faults) -> None:
    axis = next((each for each in instrument.axes if each.id == statement.axis), None)
    if axis is None:
        return
    levels = [level.id for level in axis.levels]
    floor = ""
    for number, each in enumerate(statement.alternatives):
        where = (*path, number, "at_least")
        if each.at_least and each.at_least not in levels:
            faults.add(where, Wrong.NOT_DEFINED, id=each.at_least)
            return
        rank = levels.index(each.at_least) if each.at_least else -1
        if floor and rank < levels.index(floor):
            faults.add(where, Wrong.FLOOR_FALLS, before=floor)
            return
        floor = each.at_least or floor


def _check_results(instrument: Instrument, faults: Faults) -> None:
    axes = instrument.axes
    if not faults.spare(("axis",)):
        return
    places = _places(instrument, faults)
    if not faults.spare(("result",)):
        return
    for place in _all_places(axes):
        if place not in places:
            faults.add(("result",), Wrong.RESULT_MISSING, where=_where(place, axes))
    _check_ways(places, axes, faults)


def _places(instrument: Instrument, faults: Faults) -> dict[tuple[int, ...], tuple[int, Result]]:
    """Return each result with its number, by the rank of its level on each axis."""
    axes = instrument.axes
    places: dict[tuple[int, ...], tuple[int, Result]] = {}
    for number, result in enumerate(instrument.results):
        path: Path = ("result", number)
        place = _place(result, number, axes, faults)
        if place in places:
            line = faults.line(("result", places[place][0], "at"))
            where = _where(place, axes)
            faults.add((*path, "at"), Wrong.RESULT_TWICE, where=where, first=line)
        elif place:
            places[place] = number, result
        if not result.way and (instrument.kind == Kind.MATRIX or not result.next):
            faults.add((*path, "way"), Wrong.WAY_OR_NEXT)
    return places


def _place(result: Result, number: int, axes: tuple[Axis, ...], faults: Faults) -> tuple[int, ...]:
    """Return the rank of the level on each axis; empty if one of them is not there."""
    ranks: list[int] = []
    for axis, level in zip(axes, result.at, strict=False):
        levels = [each.id for each in axis.levels]
        if level in levels:
            ranks.append(levels.index(level))
        elif level:
            faults.add(("result", number, "at", axis.id), Wrong.NOT_DEFINED, id=level)
    return tuple(ranks) if len(ranks) == len(axes) else ()


def _all_places(axes: tuple[Axis, ...]) -> Iterator[tuple[int, ...]]:
    if not axes:
        yield ()
        return
    for rank in range(len(axes[0].levels)):
        for rest in _all_places(axes[1:]):
            yield (rank, *rest)


def _check_ways(
    places: dict[tuple[int, ...], tuple[int, Result]], axes: tuple[Axis, ...], faults: Faults
) -> None:
    """Higher on one axis and no lower on the other never leads to a milder way."""
    for place, (number, result) in places.items():
        for axis, rank in enumerate(place):
            lower = places.get((*place[:axis], rank - 1, *place[axis + 1 :]))
            if not (lower and lower[1].way and result.way):
                continue
            if CARE[result.way] < CARE[lower[1].way]:
                before = _where((*place[:axis], rank - 1, *place[axis + 1 :]), axes)
                where = _where(place, axes)
                faults.add(("result", number, "way"), Wrong.MILDER_WAY, where=where, before=before)


def _where(place: tuple[int, ...], axes: tuple[Axis, ...]) -> str:
    return ", ".join(
        f"{axis.id} {axis.levels[rank].id}" for axis, rank in zip(axes, place, strict=True)
    )
