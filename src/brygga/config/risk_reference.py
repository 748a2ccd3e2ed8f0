"""The page docs/reference/risk.md, written from the instruments themselves."""

from collections.abc import Iterator

from brygga.engines.risk import Axis, Instrument, Kind, Result, Statement
from brygga.tools.risks.queries.instruments import our_instrument

HEAD = """# How a risk is judged

The points, thresholds, words and results of Brygga's own risk assessment. This page is generated
by `make docs` from the three files in `src/brygga/tools/risks/instruments`. SKR's Riskguiden is
another tool, whose points and thresholds are not public: nothing here is taken from it but the
topics that are marked so. The rules by which points become a result, and why they are as they
are, stand in [the engine's own page](../../src/brygga/engines/risk/README.md).
"""


def risk_page() -> str:
    return HEAD + "".join(line for kind in Kind for line in _instrument(our_instrument(kind)))


def _instrument(instrument: Instrument) -> Iterator[str]:
    yield f"\n## {instrument.title.en}\n"
    yield f"{instrument.title.sv}. Id `{instrument.edition.id}`, version "
    yield f"{instrument.edition.version}.\n\n{instrument.intro.en}\n"
    if instrument.do_not_know:
        yield f"\n“Do not know” counts as *{instrument.do_not_know}*, and the result is shown "
        yield "with how low and how high it can be.\n"
    for aid in instrument.aids:
        yield f"\n- {aid.text.en}"
    yield "\n" if instrument.aids else ""
    for axis in instrument.axes:
        yield from _levels(axis)
        yield from _statements(instrument, axis)
    yield from _results(instrument)


def _levels(axis: Axis) -> Iterator[str]:
    yield f"\n### {axis.name.en} ({axis.name.sv.lower()})\n{axis.meaning.en}\n\n"
    yield "| points | level | nivå | meaning |\n|---|---|---|---|\n"
    for level in axis.levels:
        name = f"{level.name.en} | {level.name.sv}"
        yield f"| {_points(level.lowest, level.highest)} | {name} | {level.meaning.en} |\n"


def _points(lowest: int, highest: int) -> str:
    return str(lowest) if lowest == highest else f"{lowest}–{highest}"


def _statements(instrument: Instrument, axis: Axis) -> Iterator[str]:
    yield "\n| | statement | topic from | answers, from low to high |\n|---|---|---|---|\n"
    for statement in instrument.statements_of(axis.id):
        text = f"**{statement.heading.en}.** {statement.text.en}"
        answers = "<br>".join(_answers(axis, statement))
        yield f"| {statement.number} | {text} | {statement.topic_by} | {answers} |\n"


def _answers(axis: Axis, statement: Statement) -> Iterator[str]:
    names = {level.id: level.name.en for level in axis.levels}
    for each in statement.alternatives:
        floor = f" (at least: {names[each.at_least].lower()})" if each.at_least else ""
        yield f"{each.points}: {each.text.en}{floor}"


def _results(instrument: Instrument) -> Iterator[str]:
    ways = {way.id: way.name.en for way in instrument.ways}
    yield "\n### Results\n| | result | resultat | way on | then |\n|---|---|---|---|---|\n"
    for result in instrument.results:
        way = ways[result.way] if result.way else ""
        then = [ways[each] for each in result.then]
        if result.next:
            then.append(f"the assessment “{our_instrument(result.next).title.en}”")
        name = f"{result.name.en} | {result.name.sv}"
        yield f"| {_place(result)} | {name} | {way} | {', '.join(then)} |\n"


def _place(result: Result) -> str:
    """Name a square by its letter; a level has none."""
    return result.id.upper() if len(result.id) == 1 else ""
