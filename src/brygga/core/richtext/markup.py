"""Rich text as HTML: read from whatever an editor or a clipboard gives, written in one form."""

import re
from collections.abc import Iterable
from html import escape
from html.parser import HTMLParser

import nh3

from brygga.core.richtext.blocks import Block, Kind, Run, grouped, safe_href

_KINDS = {
    "p": Kind.PARAGRAPH,
    "div": Kind.PARAGRAPH,
    "tr": Kind.PARAGRAPH,
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.SUBHEADING,
    "h5": Kind.SUBHEADING,
    "h6": Kind.SUBHEADING,
    "li": Kind.BULLET,
    "blockquote": Kind.QUOTE,
}
_INLINE = {"strong", "b", "em", "i", "a", "span"}
_READ = {*_KINDS, *_INLINE, "ul", "ol", "br", "td", "th"}
_WRITTEN = {"p", "h2", "h3", "h4", "h5", "h6", "strong", "em", "ul", "ol", "li", "a"}
_WRITTEN |= {"br", "blockquote"}
_WITHOUT_CONTENT = {"script", "style", "title", "noscript", "template", "xml"}
_SCHEMES = {"https", "mailto"}
_REL = "noopener noreferrer nofollow"

_STARTS_AS_HTML = re.compile(r"\s*<(?:p|h[1-6]|ul|ol|blockquote)[\s>]", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:bold|[6-9]00)")
_NOT_BOLD = re.compile(r"(?<![\w-])font-weight:\s*(?:normal|400)")
_ITALIC = re.compile(r"(?<![\w-])font-style:\s*(?:italic|oblique)")
_NUMBER = re.compile(r"\(?(?:\d+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)
_HEADING_TAG = re.compile(r"(</?h)([34])>")


def is_markup(text: str) -> bool:
    """Tell HTML as an editor sends it, and as we store it, from text that somebody typed."""
    return bool(_STARTS_AS_HTML.match(text))


def read_markup(markup: str) -> list[Block]:
    """Take apart HTML from anywhere. Only what the blocks can hold is left of it."""
    safe = nh3.clean(
        markup,
        tags=_READ,
        clean_content_tags=_WITHOUT_CONTENT,
        attributes={"a": {"href"}, "p": {"style"}, "span": {"style"}, "b": {"style"}},
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(safe)
    reader.close()
    return reader.blocks()


def write_markup(blocks: Iterable[Block]) -> str:
    written: list[str] = []
    for kind, together in grouped(blocks):
        inner = [_inline(block.runs) for block in together]
        if kind in (Kind.BULLET, Kind.NUMBERED):
            items = "".join(f"<li>{text}</li>" for text in inner)
            written.append(f"<{kind.value}>{items}</{kind.value}>")
        elif kind == Kind.QUOTE:
            quoted = "".join(f"<p>{text}</p>" for text in inner)
            written.append(f"<blockquote>{quoted}</blockquote>")
        else:
            written.extend(f"<{kind.value}>{text}</{kind.value}>" for text in inner)
    return "".join(written)


def for_reading(markup: str, top: int) -> str:
    """Make stored HTML fit for a page: cleaned once more, links marked, headings from `top`."""
    safe = nh3.clean(
        markup,
        tags=_WRITTEN,
        clean_content_tags=_WITHOUT_CONTENT,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel=_REL,
    )
    return _HEADING_TAG.sub(lambda tag: f"{tag[1]}{min(int(tag[2]) - 3 + top, 6)}>", safe)


class _Reader(HTMLParser):
    """Reads what nh3 has already made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._kind = Kind.PARAGRAPH
        self._kinds: list[tuple[str, Kind]] = []
        self._lists: list[str] = []
        self._looks: list[tuple[str, str, str]] = []  # tag, look, address
        self._list_mark = ""

    def blocks(self) -> list[Block]:
        self._end_block()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "").lower()
        if tag in {"ul", "ol"}:
            self._end_block()
            self._lists.append(tag)
        elif tag in _KINDS:
            self._begin_block(tag, style)
        elif tag == "br":
            self._break()
        elif tag in {"td", "th"}:
            self._runs.append(Run(" "))
        else:
            self._looks.append((tag, _look(tag, style), safe_href(given.get("href", ""))))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._end_block()
            self._lists[-1:] = []
        elif tag in _KINDS:
            self._end_block()
            self._kinds[-1:] = []
        elif self._looks and tag == self._looks[-1][0]:
            self._looks.pop()

    def handle_data(self, data: str) -> None:
        if any(look == "mark" for _tag, look, _href in self._looks):
            self._list_mark += data
        else:
            self._add(data.replace("\n", " ").replace("\r", " "))

    def _add(self, text: str) -> None:
        looks = {look for _tag, look, _href in self._looks}
        href = next((href for _tag, _look, href in reversed(self._looks) if href), "")
        self._runs.append(Run(text, "strong" in looks, "em" in looks, href))

    def _begin_block(self, tag: str, style: str) -> None:
        self._end_block()
        around = self._kinds[-1][1] if self._kinds else Kind.PARAGRAPH
        kind = _KINDS[tag]
        if tag == "li":
            kind = Kind.NUMBERED if self._lists[-1:] == ["ol"] else Kind.BULLET
        elif tag == "p" and "mso-list:" in style and "mso-list:none" not in style:
            kind = Kind.BULLET
        elif kind == Kind.PARAGRAPH:
            kind = around
        self._kinds.append((tag, kind))

    def _break(self) -> None:
        if self._runs and not "".join(run.text for run in self._runs).rstrip(" ").endswith("\n"):
            self._add("\n")
        elif self._block_kind() in (Kind.PARAGRAPH, Kind.QUOTE):
            self._end_block()

    def _end_block(self) -> None:
        kind = self._block_kind()
        if kind == Kind.BULLET and _NUMBER.match(self._list_mark.strip()):
            kind = Kind.NUMBERED
        if self._runs:
            self._blocks.append(Block(kind, tuple(self._runs)))
        self._runs = []
        self._list_mark = ""

    def _block_kind(self) -> Kind:
        return self._kinds[-1][1] if self._kinds else Kind.PARAGRAPH


def _look(tag: str, style: str) -> str:
    if "mso-list:ignore" in style.replace(" ", ""):
        return "mark"
    if _NOT_BOLD.search(style):
        return ""
    if tag in {"strong", "b"} or _BOLD.search(style):
        return "strong"
    if tag in {"em", "i"} or _ITALIC.search(style):
        return "em"
    return ""


def _inline(runs: Iterable[Run]) -> str:
    written = []
    href = ""
    for run in runs:
        if run.href != href:
            written.append("</a>" if href else "")
            written.append(f'<a href="{escape(run.href)}">' if run.href else "")
            href = run.href
        text = escape(run.text, quote=False).replace("\n", "<br>")
        text = f"<em>{text}</em>" if run.em else text
        written.append(f"<strong>{text}</strong>" if run.strong else text)
    return "".join([*written, "</a>" if href else ""])
