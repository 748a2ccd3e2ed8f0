"""Outlines of municipalities and regions, as degrees and as paths on a sheet 1000 units high.

The data file keeps every border once, so that neighbours share theirs to the point: whole steps of
a fraction of a degree, each point as its distance from the one before. A ring lists its borders by
number, and the number ~n stands for border n walked backwards.
"""

import json
from functools import cache
from itertools import accumulate, groupby, pairwise
from typing import TypedDict

from brygga.core.geo.places import DATA
from brygga.core.geo.projection import Point, on_sheet

Ring = tuple[Point, ...]


class _File(TypedDict):
    steps: tuple[int, int]
    borders: list[list[int]]
    rings: dict[str, list[list[int]]]


def outline_in_degrees(code: str) -> tuple[Ring, ...]:
    """Outline of a municipality or region: closed rings of longitude and latitude (WGS 84).

    Outer rings run against the clock and holes with it, as in GeoJSON. Raises KeyError when the
    code is unknown.
    """
    borders = _borders()
    return tuple(_ring(numbers, borders) for numbers in _file()["rings"][code])


@cache
def outline(code: str) -> tuple[Ring, ...]:
    """Outline on the sheet (see `projection`): closed rings of x to the right and y downwards."""
    return tuple(tuple(on_sheet(*point) for point in ring) for ring in outline_in_degrees(code))


@cache
def svg_path(code: str, decimals: int = 1) -> str:
    """Outline as the `d` of an SVG path, to be filled by the even-odd rule.

    One decimal is right where a unit of the sheet is a pixel; two suit a municipality on its own.
    """
    return "".join(_subpath(ring, decimals) for ring in outline(code))


def view_box(code: str, margin: float = 0.0) -> tuple[float, float, float, float]:
    """Tell x, y, width and height of the part of the sheet that an outline needs."""
    xs, ys = zip(*(point for ring in outline(code) for point in ring), strict=True)
    left, top = min(xs) - margin, min(ys) - margin
    return left, top, max(xs) + margin - left, max(ys) + margin - top


def _ring(numbers: list[int], borders: list[Ring]) -> Ring:
    walked = (borders[number] if number >= 0 else borders[~number][::-1] for number in numbers)
    points = [point for border in walked for point in border]
    return tuple(point for point, _ in groupby(points))


def _subpath(ring: Ring, decimals: int) -> str:
    unit = 10**decimals
    steps = [point for point, _ in groupby((round(x * unit), round(y * unit)) for x, y in ring)]
    (x, y), *_ = steps
    legs = " ".join(
        f"{_number(right - left, unit)} {_number(low - high, unit)}"
        for (left, high), (right, low) in pairwise(steps[:-1])
    )
    return f"M{_number(x, unit)} {_number(y, unit)}l{legs}z"


def _number(steps: int, unit: int) -> str:
    return f"{steps / unit:g}"


@cache
def _borders() -> list[Ring]:
    longitude_steps, latitude_steps = _file()["steps"]
    return [
        tuple(
            (east / longitude_steps, north / latitude_steps)
            for east, north in zip(accumulate(legs[::2]), accumulate(legs[1::2]), strict=True)
        )
        for legs in _file()["borders"]
    ]


@cache
def _file() -> _File:
    content: _File = json.loads((DATA / "outlines.json").read_text(encoding="utf-8"))
    return content
