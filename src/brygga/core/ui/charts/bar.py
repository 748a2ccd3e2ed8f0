"""How many agree, pass and disagree, always in that order, in words and in one bar."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.numbers import count_text, percents, share_text

KINDS = ("agree", "pass", "disagree")
HEIGHT = 30
SMALLEST_SHOWN = 5
SMALL_WIDTH = 2.5  # what a cell of one to four is drawn as, whatever it holds
ROOM_FOR_NUMBER = 9  # percent of the width below which a number would be cut


def stacked_bar(
    agree: int | None, pass_: int | None, disagree: int | None, label: str = ""
) -> SafeString:
    """Draw one bar for three counts, with the same numbers as text below it.

    None stands for fewer than five people: drawn small, and without shares, which would tell.
    """
    counts = [agree, pass_, disagree]
    widths = [SMALL_WIDTH if count is None else float(count) for count in counts]
    if sum(widths) == 0:
        return format_html('<p class="muted">{}</p>', gettext("Nobody has answered yet."))
    names = _names()
    shares = [] if None in counts else percents([count or 0 for count in counts])
    sentences = [_sentence(*named, shares) for named in enumerate(zip(names, counts, strict=True))]
    return format_html(
        '<figure class="chart bar"><svg role="img" width="100%" height="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
        '<figcaption><ul class="bar-legend">{}</ul></figcaption></figure>',
        HEIGHT,
        label or gettext("How the answers are spread"),
        _description(sentences, counts),
        _segments(widths, shares),
        format_html_join("", '<li data-on="{}">{}</li>', zip(KINDS, sentences, strict=True)),
    )


def group_bars(groups: Sequence[tuple[str, Sequence[int | None]]]) -> SafeString:
    """Draw one thin bar for each group, with its counts beside it; the order is KINDS."""
    lines = []
    for letter, counts in groups:
        widths = [SMALL_WIDTH if count is None else float(count) for count in counts]
        named = enumerate(zip(_names(), counts, strict=True))
        lines.append(
            (
                gettext("Group {letter}").format(letter=letter),
                gettext("Group {letter}").format(letter=letter),
                ", ".join(_sentence(*one, []) for one in named),
                _segments(widths, []) if sum(widths) else SafeString(""),
                " · ".join(_short(count) for count in counts),
            )
        )
    return format_html(
        '<figure class="chart group-bars"><figcaption class="bar-key">{}</figcaption>{}</figure>',
        format_html_join("", '<span data-on="{}">{}</span>', zip(KINDS, _names(), strict=True)),
        format_html_join(
            "",
            '<div><b>{}</b><svg role="img" width="100%" height="14"><title>{}</title>'
            "<desc>{}</desc>{}</svg><span>{}</span></div>",
            lines,
        ),
    )


def _names() -> list[str]:
    return [gettext("Agree"), gettext("Don’t know"), gettext("Disagree")]


def _short(count: int | None) -> str:
    return f"<{SMALLEST_SHOWN}" if count is None else count_text(count)


def _sentence(place: int, named: tuple[str, int | None], shares: list[int]) -> str:
    name, count = named
    if count is None:
        return gettext("{name}: fewer than {count}").format(name=name, count=SMALLEST_SHOWN)
    if not shares:
        return gettext("{name}: {count}").format(name=name, count=count_text(count))
    return gettext("{name} {share} ({count})").format(
        name=name, share=share_text(shares[place]), count=count_text(count)
    )


def _description(sentences: list[str], counts: list[int | None]) -> str:
    parts = ", ".join(sentences)
    if None in counts:
        return f"{parts}."
    return gettext("{parts}. {count} answers in all.").format(
        parts=parts, count=count_text(sum(count or 0 for count in counts))
    )


def _segments(widths: list[float], shares: list[int]) -> SafeString:
    start = 0.0
    parts = []
    for place, kind in enumerate(KINDS):
        width = 100 * widths[place] / sum(widths)
        if width:
            parts.append(_segment(kind, start, width, shares[place] if shares else None))
        start += width
    return SafeString("".join(parts))


def _segment(kind: str, start: float, width: float, share: int | None) -> SafeString:
    hatch = (
        SafeString('<rect width="100%" height="100%" fill="url(#hatch)"/>')
        if kind == "disagree"
        else SafeString("")
    )
    number = (
        format_html(
            '<text class="bar-number" data-on="{}" x="8" y="20" aria-hidden="true">{}</text>',
            kind,
            share_text(share),
        )
        if share is not None and width >= ROOM_FOR_NUMBER
        else SafeString("")
    )
    return format_html(
        '<svg x="{}%" width="{}%" height="{}">'
        '<rect class="bar-{}" width="100%" height="100%"/>{}{}</svg>',
        f"{start:.3f}",
        f"{width:.3f}",
        HEIGHT,
        kind,
        hatch,
        number,
    )
