"""Contrast by WCAG 2.2, and the one colour that an organisation may choose."""

import re

from django.utils.translation import gettext

HEX = re.compile(r"#[0-9a-fA-F]{6}")
PAPER = "#FBFAF7"
DARK_MIST = "#24343f"  # the lightest ground that links stand on in the dark
READABLE = 4.5  # success criterion 1.4.3, for text of ordinary size
VISIBLE = 3.0  # success criterion 1.4.11, for lines and signs


def is_colour(text: str) -> bool:
    return HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """Return relative luminance, from 0 to 1 (WCAG 2.2, glossary)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def find_accent_fault(accent: str) -> str:
    """Say why an organisation's colour cannot be used; the empty text when it can."""
    if not is_colour(accent):
        return gettext("Write the colour as # and six digits or letters a–f, for example #0B4F6C.")
    ratio = contrast(accent, PAPER)
    if ratio < READABLE:
        return gettext(
            "The colour is too pale to read: its contrast with the page is {ratio} to 1, and "
            "{least} is needed. Choose a darker one."
        ).format(ratio=f"{ratio:.1f}", least=READABLE)
    return ""


def lighten_for_dark(accent: str) -> str:
    """Mix the colour with white until it reads as text on every dark ground."""
    for step in range(21):
        mixed = "#" + "".join(
            f"{round(part + (255 - part) * step / 20):02x}" for part in _parts(accent)
        )
        if contrast(mixed, DARK_MIST) >= READABLE:
            return mixed
    return "#ffffff"
