"""Tables sorted by links: `?sort=title`, and `?sort=-title` for the other way."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Sorting:
    key: str
    is_descending: bool = False

    @classmethod
    def asked_for(cls, request: HttpRequest, allowed: Collection[str], default: str) -> "Sorting":
        """Read the order from the address; what is not allowed gives the default."""
        asked = request.GET.get("sort", "") or default
        if asked.removeprefix("-") not in allowed:
            asked = default
        return cls(asked.removeprefix("-"), asked.startswith("-"))

    @property
    def direction(self) -> str:
        return "descending" if self.is_descending else "ascending"

    @property
    def order_by(self) -> str:
        return f"-{self.key}" if self.is_descending else self.key

    def value_for(self, key: str) -> str:
        """What a press on the column asks for: its own order, or the other way round."""
        return f"-{key}" if key == self.key and not self.is_descending else key
