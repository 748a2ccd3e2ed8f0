"""The instruments that come with Brygga."""

from functools import cache
from pathlib import Path

from brygga.engines.risk import Instrument, Kind, read

OURS = Path(__file__).parents[1] / "instruments"


@cache
def our_instrument(kind: Kind) -> Instrument:
    return read((OURS / f"{kind}.toml").read_bytes())
