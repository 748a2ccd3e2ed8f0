"""Sweden's municipalities and regions with the codes of Statistics Sweden (SCB)."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DATA = files(__package__) / "data"

# The municipality that also is a region.
GOTLAND_MUNICIPALITY, GOTLAND_REGION = "0980", "09"


@dataclass(frozen=True)
class Municipality:
    """`code` has four digits, leading zero included; `name` says neither kommun nor stad."""

    code: str
    name: str
    full_name: str

    @property
    def region_code(self) -> str:
        return self.code[:2]


@dataclass(frozen=True)
class Region:
    """`code` has two digits; `name` is what the region calls itself, `county` its county (län)."""

    code: str
    name: str
    county: str


@cache
def municipalities() -> tuple[Municipality, ...]:
    """List the 290 municipalities by code."""
    return tuple(Municipality(*fields) for fields in _rows("municipalities.tsv"))


@cache
def regions() -> tuple[Region, ...]:
    """List the 21 regions by code, Gotland among them."""
    return tuple(Region(*fields) for fields in _rows("regions.tsv"))


def municipality(code: str) -> Municipality:
    """Find a municipality by its code of four digits; raises KeyError when there is none."""
    return _municipalities_by_code()[code]


def region(code: str) -> Region:
    """Find a region by its code of two digits; raises KeyError when there is none."""
    return _regions_by_code()[code]


@cache
def _municipalities_by_code() -> dict[str, Municipality]:
    return {each.code: each for each in municipalities()}


@cache
def _regions_by_code() -> dict[str, Region]:
    return {each.code: each for each in regions()}


def _rows(name: str) -> list[list[str]]:
    _header, *lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]
