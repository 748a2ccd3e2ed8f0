"""Which municipality a postal code lies in."""

import re
from functools import cache

from brygga.core.geo.places import DATA

_CODE = re.compile(r"(?:SE?[- ]?)?([1-9]\d{2})\s?(\d{2})", re.ASCII | re.IGNORECASE)


def municipality_of_postal_code(text: str) -> str | None:
    """Find the municipality's code for a postal code as people write it, such as "123 45".

    None when the text is no postal code, or one that the table lacks: it knows about 82 % of the
    codes in use, so that None never means that there is no such place.
    """
    written = _CODE.fullmatch(text.strip())
    return _table().get("".join(written.groups())) if written else None


@cache
def _table() -> dict[str, str]:
    found = {}
    for line in (DATA / "postal_codes.txt").read_text(encoding="utf-8").splitlines():
        prefix, municipality, *ranges = line.split()
        for first, _, last in (each.partition("-") for each in ranges):
            for ending in range(int(first), int(last or first) + 1):
                found[f"{prefix}{ending:02}"] = municipality
    return found
