"""Makes the data files of `brygga.core.geo` anew from their sources.

Usage: python -m tests.core.geo.regenerate SOURCE_FOLDER TARGET_FOLDER

The sources are named in docs/reference/geo.md. The same sources give the same bytes.
"""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import chain, groupby, pairwise
from pathlib import Path

from brygga.core.geo.projection import sweref
from tests.core.geo.topology import (
    Border,
    Point,
    Topology,
    area,
    build_topology,
    close_gap,
    dissolve,
    simplify,
)

# Steps per degree of longitude and latitude: at most 112 metres long each.
STEPS = (500, 1000)

# Details go when they are smaller than this many square metres (under half a square unit of a sheet
# 1000 units high) and, around a small area, smaller than this share of it.
SMALLEST_DETAIL = 1_000_000.0
SMALLEST_SHARE = 0.002

# Smaller details than this would drown in the rounding; in square metres.
ROUNDED_AWAY = 10_000.0

# The source's municipalities leave small gaps where three of them meet; in square metres.
LARGEST_GAP = 2_000_000.0

# What the source's rule for the genitive gets wrong, and those that call themselves a city.
CITIES = (
    *("Borås", "Göteborgs", "Haparanda", "Helsingborgs", "Landskrona", "Lidingö", "Malmö"),
    *("Mölndals", "Solna", "Stockholms", "Sundbybergs", "Trollhättans", "Vaxholms", "Västerås"),
)
RIGHT_NAMES = {
    "Faluns kommun": "Falu kommun",
    "Kalixs kommun": "Kalix kommun",
    "Kalmars kommun": "Kalmar kommun",
    "Orusts kommun": "Orust kommun",
    "Överkalixs kommun": "Överkalix kommun",
    **{f"{city} kommun": f"{city} stad" for city in CITIES},
}

# What the regions call themselves; the source names their counties.
REGION_NAMES = {
    "01": "Region Stockholm",
    "03": "Region Uppsala",
    "04": "Region Sörmland",
    "05": "Region Östergötland",
    "06": "Region Jönköpings län",
    "07": "Region Kronoberg",
    "08": "Region Kalmar län",
    "09": "Region Gotland",
    "10": "Region Blekinge",
    "12": "Region Skåne",
    "13": "Region Halland",
    "14": "Västra Götalandsregionen",
    "17": "Region Värmland",
    "18": "Region Örebro län",
    "19": "Region Västmanland",
    "20": "Region Dalarna",
    "21": "Region Gävleborg",
    "22": "Region Västernorrland",
    "23": "Region Jämtland Härjedalen",
    "24": "Region Västerbotten",
    "25": "Region Norrbotten",
}


def read_outlines(path: Path) -> dict[str, list[list[Point]]]:
    """Read a GeoJSON file: per code the rings in degrees, without the repeated last point."""
    outlines = {}
    for feature in json.loads(path.read_text())["features"]:
        shape, about = feature["geometry"], feature["properties"]
        single = shape["type"] == "Polygon"
        polygons = [shape["coordinates"]] if single else shape["coordinates"]
        code = about["id"] if "id" in about else f"{about['l_id']:02}"
        outlines[code] = [
            [(x, y) for x, y in ring[:-1]] for polygon in polygons for ring in polygon
        ]
    return dict(sorted(outlines.items()))


def ground_area(rings: list[list[Point]]) -> float:
    """Area in square metres of rings in degrees; holes run with the clock and count as less."""
    return sum(area(sweref(*point) for point in ring) for ring in rings)


def compact(topology: Topology) -> Topology:
    """Simplify and round all borders."""
    least = dict.fromkeys(range(len(topology.borders)), SMALLEST_DETAIL)
    for ring in chain(*topology.rings.values()):
        share = SMALLEST_SHARE * abs(ground_area([topology.walk(ring)]))
        for number in (max(number, ~number) for number in ring):
            least[number] = min(least[number], max(ROUNDED_AWAY, share))
    borders = [_rounded(border, least[number]) for number, border in enumerate(topology.borders)]
    return Topology(borders, topology.rings)


def _rounded(border: Border, least: float) -> Border:
    kept = simplify(tuple(sweref(*point) for point in border), least)
    return tuple((round(border[at][0] * STEPS[0]), round(border[at][1] * STEPS[1])) for at in kept)


def without_gaps(topology: Topology) -> Topology:
    """Close the small gaps of the source, where no two municipalities share a border."""
    owners = topology.owners()
    for ring in dissolve(topology, topology.rings):
        beside = [owners[max(number, ~number)] for number in ring]
        codes = set(chain(*beside))
        small = abs(ground_area([topology.walk(ring)])) < LARGEST_GAP
        if small and len(codes) == len(beside) == sum(map(len, beside)) > 1:
            close_gap(topology, ring)
    return build_topology(
        {code: [topology.walk(ring) for ring in rings] for code, rings in topology.rings.items()}
    )


def region_rings(topology: Topology) -> dict[str, list[list[int]]]:
    """Dissolve the municipalities of each region; the code's first two digits name it."""
    return {
        region: dissolve(topology, list(codes))
        for region, codes in groupby(topology.rings, key=lambda code: code[:2])
    }


def outlines_json(source: Path) -> str:
    topology = without_gaps(build_topology(read_outlines(source)))
    rings = topology.rings | region_rings(topology)
    borders = [f"[{_deltas(border)}]" for border in compact(topology).borders]
    lines = [f'"{code}":{json.dumps(rings[code], separators=(",", ":"))}' for code in sorted(rings)]
    return (
        f'{{"steps":{json.dumps(STEPS)},\n"borders":[\n'
        + ",\n".join(borders)
        + '],\n"rings":{\n'
        + ",\n".join(lines)
        + "}}\n"
    )


def _deltas(border: Border) -> str:
    """Write a border's first point and then the steps from each point to the next."""
    legs = pairwise([(0, 0), *(point for point, _ in groupby(border))])
    return ",".join(f"{u - x},{v - y}" for (x, y), (u, v) in legs)


def municipalities_tsv(source: Path) -> str:
    with source.open(newline="") as table:
        rows = sorted(csv.DictReader(table), key=lambda row: row["municipality_code"])
    names = [
        (row["municipality_code"], row["municipality_name_short"], row["municipality_name"])
        for row in rows
    ]
    lines = [f"{code}\t{name}\t{RIGHT_NAMES.get(full, full)}" for code, name, full in names]
    return "\n".join(["code\tname\tfull_name", *lines, ""])


def regions_tsv(source: Path) -> str:
    with source.open(newline="") as table:
        rows = sorted(csv.DictReader(table), key=lambda row: row["county_code"])
    lines = [
        f"{row['county_code']}\t{REGION_NAMES[row['county_code']]}\t{row['county_name']}"
        for row in rows
    ]
    return "\n".join(["code\tname\tcounty", *lines, ""])


def postal_codes_txt(source: Path) -> str:
    """Write lines of first three digits, municipality, and ranges of the last two digits."""
    with source.open(newline="") as table:
        found = [(row["postal_code"], row["municipality_code"]) for row in csv.DictReader(table)]
    lines = []
    by_prefix = sorted((code[:3], municipality, int(code[3:])) for code, municipality in found)
    for (prefix, municipality), rows in groupby(by_prefix, key=lambda row: row[:2]):
        endings = " ".join(_ranges([ending for *_, ending in rows]))
        lines.append(f"{prefix} {municipality} {endings}")
    return "\n".join([*lines, ""])


def _ranges(numbers: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = [number for _, number in run]
        yield f"{first}-{rest[-1]}" if rest else str(first)


def data_files(source: Path) -> dict[str, str]:
    """Make every data file from the folder of sources: content by name."""
    return {
        "municipalities.tsv": municipalities_tsv(source / "municipalities.csv"),
        "regions.tsv": regions_tsv(source / "counties.csv"),
        "outlines.json": outlines_json(source / "swedish_municipalities.geojson"),
        "postal_codes.txt": postal_codes_txt(source / "postal_to_municipality.csv"),
    }


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    for name, content in data_files(source).items():
        (target / name).write_text(content, encoding="utf-8", newline="\n")
