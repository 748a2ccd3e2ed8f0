"""How well one colour can be read on another, by WCAG 2.2."""

PAPER = "#FBFAF7"
READABLE = 4.5  # success criterion 1.4.3, for text of ordinary size


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours written as #RRGGBB, between 1 and 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Undo the gamma of sRGB."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
