"""How many agree, pass and disagree, always in that order, in words and in one bar."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from brygga.core.ui.charts.numbers import count_text, percents, share_text

HEIGHT = 30
ROOM_FOR_NUMBER = 9  # percent of the width below which a number would be cut


def stacked_bar(agree: int, pass_: int, disagree: int, label: str = "") -> SafeString:
    """Draw one bar for three counts, with the same numbers as text below it."""
    counts = [agree, pass_, disagree]
    if sum(counts) == 0:
        return format_html('<p class="muted">{}</p>', gettext("Nobody has answered yet."))
    kinds = ["agree", "pass", "disagree"]
    names = [gettext("Agree"), gettext("Don’t know"), gettext("Disagree")]
    shares = percents(counts)
    sentences = [
        gettext("{name} {share} ({count})").format(
            name=name, share=share_text(share), count=count_text(count)
        )
        for name, share, count in zip(names, shares, counts, strict=True)
    ]
    title = label or gettext("How the answers are spread")
    description = gettext("{parts}. {count} answers in all.").format(
        parts=", ".join(sentences), count=count_text(sum(counts))
    )
    return format_html(
        '<figure class="chart bar"><svg role="img" width="100%" height="{}">'
        "<title>{}</title><desc>{}</desc>{}</svg>"
        '<figcaption><ul class="bar-legend">{}</ul></figcaption></figure>',
        HEIGHT,
        title,
        description,
        _segments(kinds, counts, shares),
        format_html_join("", '<li data-on="{}">{}</li>', zip(kinds, sentences, strict=True)),
    )


def _segments(kinds: list[str], counts: list[int], shares: list[int]) -> SafeString:
    total = sum(counts)
    start = 0.0
    parts = []
    for kind, count, share in zip(kinds, counts, shares, strict=True):
        width = 100 * count / total
        if count:
            parts.append(_segment(kind, start, width, share))
        start += width
    return SafeString("".join(parts))


def _segment(kind: str, start: float, width: float, share: int) -> SafeString:
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
        if width >= ROOM_FOR_NUMBER
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
