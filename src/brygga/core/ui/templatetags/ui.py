"""Tags and filters that every template has without loading them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf.locale import LANG_INFO
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField, CheckboxInput, Textarea
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from brygga.core.spelling import BEGIN, END
from brygga.core.ui import charts, colour, ladder
from brygga.core.ui.charts.numbers import count_text
from brygga.core.ui.sorting import Sorting

if TYPE_CHECKING:
    from django.core.paginator import Page

register = template.Library()


@dataclass(frozen=True)
class ActiveFilter:
    label: str
    text: str
    without: str


RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
)


@register.filter
def direction(language: str) -> str:
    """Say which way a language is written, by its code (`ar`, `fa-AF`); "auto" for none."""
    code = (language or "").lower()
    if not code:
        return "auto"
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@register.simple_tag(takes_context=True)
def navigation_link(
    context: Context, url_name: str, label: str, *args: object, below: bool = True
) -> SafeString:
    """Write a list item with a link, marked when it leads to this page or, if `below`, one below.

    Writes nothing where no app offers the address yet.
    """
    try:
        href = reverse(url_name, args=args)
    except NoReverseMatch:
        return SafeString("")
    here = str(context.get("page_path", ""))
    if here == href:
        return format_html('<li><a href="{}" aria-current="page">{}</a></li>', href, label)
    if below and href != "/" and here.startswith(href):
        return format_html('<li><a href="{}" aria-current="true">{}</a></li>', href, label)
    return format_html('<li><a href="{}">{}</a></li>', href, label)


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """Write the page's address with some of its query changed; None takes a name away."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else None
    if query is None:
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items() if value)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def undo_token(message: Message) -> str:
    """Give what the button of a message takes back; nothing for most messages."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""


@register.filter
def marked(snippet: str) -> SafeString:
    """Show a snippet of `core.spelling` with the words that were asked for marked, all escaped."""
    parts = str(escape(snippet)).split(BEGIN)
    first, *found = (part.replace(END, "</mark>", 1) if END in part else part for part in parts)
    text = first.replace("</mark>", "") + "".join(
        f"<mark>{part}" if "</mark>" in part else part for part in found
    )
    return SafeString(text.replace(END, ""))  # escaped above; only our own marks were added


@register.simple_tag(takes_context=True)
def active_filters(context: Context, form: BaseForm, leave: str = "") -> list[ActiveFilter]:
    """Give what narrows the list now, each with the address of the list without it."""
    left = set(leave.split())
    return [
        ActiveFilter(
            str(field.label),
            text,
            with_query(context, **{field.html_name: None, "page": None, "sida": None}),
        )
        for field in form
        if field.name not in left and (text := _chosen(field))
    ]


def _chosen(field: BoundField) -> str:
    """Say in words what a field of a filter asks for; nothing where that is not on offer."""
    value = (getattr(field.form, "cleaned_data", None) or {}).get(field.name)
    if not value:
        return ""
    choices = dict(getattr(field.field, "choices", None) or ())
    return str(choices.get(str(value), value))


@register.filter
def own_language_name(code: str) -> str:
    """The language's own name, for a link or a note (`ar` gives العربية)."""
    info = LANG_INFO.get(code.partition("-")[0], {})
    return str(info.get("name_local", code))


@register.simple_tag(takes_context=True)
def page_address(context: Context, name: str, number: int) -> str:
    """The address of another page of the same list."""
    return with_query(context, **{name: number})


@register.filter
def page_numbers(page: "Page[Any]") -> list[int | None]:
    """The numbers of a pager; None stands for those left out."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.filter
def sort_value(sorting: Sorting, key: str) -> str:
    return sorting.value_for(key)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_textarea(field: BoundField) -> bool:
    return isinstance(field.field.widget, Textarea)


@register.filter
def rungs(level: int) -> list[ladder.Rung]:
    return ladder.rungs(int(level))


@register.filter
def level_name(level: int) -> str:
    return ladder.level_name(int(level))


@register.filter
def level_sentence(level: int) -> str:
    return ladder.level_sentence(int(level))


@register.simple_tag
def stacked_bar(
    agree: int | str | None, passed: int | str | None, disagree: int | str | None, label: str = ""
) -> SafeString:
    """Draw the bar; counts may come as text from an attribute, None is a count left out."""
    agreeing, passing, disagreeing = (
        None if count is None else int(count) for count in (agree, passed, disagree)
    )
    return charts.stacked_bar(agreeing, passing, disagreeing, label)


@register.simple_tag
def group_bars(groups: Sequence[tuple[str, Sequence[int | None]]]) -> SafeString:
    return charts.group_bars(groups)


@register.filter
def count(number: int) -> str:
    return count_text(number)


@register.simple_tag
def sweden_map(
    counts: Mapping[str, int] | None,
    label: str,
    smallest: int | str = 1,
    urls: Mapping[str, str] | None = None,
    by_region: object = "",
) -> charts.Sweden:
    return charts.sweden(
        counts or {}, label=label, smallest=int(smallest), urls=urls, by_region=bool(by_region)
    )


@register.simple_tag
def archipelago(
    groups: Sequence[charts.Group],
    bridges: Sequence[charts.Crossing],
    straits: Sequence[charts.Crossing],
    you: charts.You | None,
) -> SafeString:
    return charts.archipelago(groups, bridges, straits, you)


@register.simple_tag(takes_context=True)
def accent_style(context: Context, accent: str) -> SafeString:
    """Give the page an organisation's own colour, in the light and in the dark."""
    request = context.get("request")
    if request is None or not colour.is_colour(accent or ""):
        return SafeString("")
    dark = colour.lighten_for_dark(accent)
    return format_html(
        '<style nonce="{}">@layer tokens {{:root{{--accent:{}}}:root[data-theme="dark"]'
        "{{--accent:{}}}@media (prefers-color-scheme:dark){{:root:not([data-theme])"
        "{{--accent:{}}}}}}}</style>",
        request.csp_nonce,
        accent,
        dark,
        dark,
    )
