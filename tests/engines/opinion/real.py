"""Where the real conversations lie. Imports nothing but Python, for the baselines' sake."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[3]
REAL = Path(os.environ.get("BRYGGA_REAL_DATA") or ROOT / "../shared/data") / "opinion"
GOLDEN = Path(__file__).parent / "golden" / "red_dwarf.json"
NAMES = (
    "american-assembly.bowling-green",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.affordable-housing",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.ubi",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "vtaiwan.uberx",
)


def votes_file(folder):
    events = folder / "votes.csv"
    return events if events.exists() else folder / "participants-votes.csv"


def digest(values):
    """Sum up numbers twice, once weighed by place, so that a change anywhere shows."""
    plain = [float(value) for value in values]
    weighed = (value * (1 + place % 97) / 97 for place, value in enumerate(plain))
    return [float(f"{total:.14g}") for total in (sum(plain), sum(weighed))]
