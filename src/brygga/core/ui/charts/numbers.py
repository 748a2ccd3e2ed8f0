"""Counts and shares as the reader's language writes them."""

from django.utils.formats import number_format
from django.utils.translation import gettext


def px(value: float) -> str:
    """A coordinate to a tenth of a pixel, without a negative zero."""
    return f"{round(value, 1) + 0.0:g}"


def count_text(count: int) -> str:
    return str(number_format(count, force_grouping=True))


def share_text(percent: int) -> str:
    # Translators: Swedish sets a no-break space before the sign.
    return gettext("{share}%").format(share=percent)


def percents(counts: list[int]) -> list[int]:
    """Round shares to whole percents that add up to 100 (largest remainder; ties to the first)."""
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    floors = [100 * count // total for count in counts]
    remainders = [100 * count % total for count in counts]
    order = sorted(range(len(counts)), key=lambda index: (-remainders[index], index))
    for index in order[: 100 - sum(floors)]:
        floors[index] += 1
    return floors
