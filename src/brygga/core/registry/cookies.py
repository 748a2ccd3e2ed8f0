"""A cookie, as the public is told of it. Each app declares its own in its `personal_data.py`.

A test fails on a cookie that a page sets and nobody has declared, on one with another life than
declared, and on one declared that nothing sets.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise


@dataclass(frozen=True)
class Cookie:
    """`name` may end in * for a part that differs; without `life` it goes once it is used."""

    name: str
    what_for: str | Promise
    when: str | Promise
    how_long: str | Promise
    life: timedelta | None

    @property
    def shown_name(self) -> str:
        return self.name.replace("*", "…")

    def is_called(self, name: str) -> bool:
        return name.startswith(self.name[:-1]) if self.name.endswith("*") else name == self.name
