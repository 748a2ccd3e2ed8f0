"""The demo's texts, and the days that they count from the day on which they are loaded."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from brygga.core.calendar import swedish_date

TEXTS = Path(__file__).parent / "texts"
Script = dict[str, Any]


def read(name: str) -> Script:
    return tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Calendar:
    """Day 0 is the day of loading, so that the demo is as fresh as whoever looks at it."""

    at: datetime

    def moment(self, days: int) -> datetime:
        return self.at + timedelta(days=days)

    def day(self, days: int) -> date:
        return swedish_date(self.moment(days))

    def dated(self, text: str, days: int) -> str:
        """Write the year of a day into a register number."""
        return text.replace("{year}", str(self.day(days).year))
