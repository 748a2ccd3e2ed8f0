"""On which grounds a contribution may be hidden: a list in configuration, in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

OURS = Path(__file__).parents[1] / "grounds.toml"


@dataclass(frozen=True)
class Ground:
    code: str
    sv: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.sv


def grounds() -> dict[str, Ground]:
    return _read(Path(settings.BRYGGA_GROUNDS) if settings.BRYGGA_GROUNDS else OURS)


def grounds_are_ours() -> bool:
    """Tell whether the list is the one that comes with Brygga, which pages then say."""
    return not settings.BRYGGA_GROUNDS


def ground_choices() -> list[tuple[str, str]]:
    return [(code, str(ground)) for code, ground in grounds().items()]


def label_of(code: str) -> str:
    """Give a ground in words; one that has left the list is told by its code."""
    found = grounds().get(code)
    return str(found) if found else code


@cache
def _read(path: Path) -> dict[str, Ground]:
    rows = tomllib.loads(path.read_text("utf-8"))["ground"]
    return {row["code"]: Ground(**row) for row in rows}
