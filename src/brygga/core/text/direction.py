"""Which way a text is written, told by its first letter that has a direction."""

import unicodedata

_RIGHT_TO_LEFT = {"R", "AL"}


def is_right_to_left(text: str) -> bool:
    first = next(
        (side for char in text if (side := unicodedata.bidirectional(char)) in {"L", "R", "AL"}),
        "L",
    )
    return first in _RIGHT_TO_LEFT
