"""Finds the texts of every app, keeps its Swedish file in step, and compiles it.

Done with Babel, since GNU gettext is not on every machine.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import brygga

ROOT = Path(brygga.__file__).parent
LANGUAGE = "sv"
FALLBACK = ROOT / "core" / "ui"  # owns the texts of code that lies in no app
# One moment for ever: a header that changes each time would conflict in every merge.
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@dataclass(frozen=True)
class App:
    folder: Path
    root: Path

    @property
    def name(self) -> str:
        return ".".join(self.folder.relative_to(self.root).parts)

    @property
    def po(self) -> Path:
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def find_apps(root: Path = ROOT) -> list[App]:
    return [App(path.parent, root) for path in sorted(root.rglob("apps.py"))]


def extract_catalogs(root: Path = ROOT, fallback: Path = FALLBACK) -> dict[App, Catalog]:
    """Gather every marked text under `root` by the app it belongs to."""
    by_folder = {app.folder: app for app in find_apps(root)}
    catalogs = {app: _empty() for app in by_folder.values()}
    for path in sorted([*root.rglob("*.py"), *root.rglob("templates/**/*.*")]):
        owner = next((by_folder[up] for up in path.parents if up in by_folder), None)
        catalog = catalogs[owner or by_folder[fallback]]
        for context, text in _texts(path):
            place = (path.relative_to(root.parent.parent).as_posix(), 0)
            catalog.add(text, locations=[place], context=context)
    return catalogs


def _texts(path: Path) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What templatize leaves is Python but for its indentation.
        source = re.sub(r"(?m)^[ \t]+", "", templatize(source))
    for _line, text, _comments, context in extract(
        "python", BytesIO(source.encode()), keywords=KEYWORDS
    ):
        yield context, text


def _empty() -> Catalog:
    catalog = Catalog(
        locale=LANGUAGE,
        project="Brygga",
        version="1",
        charset="utf-8",
        creation_date=FIXED,
        revision_date=FIXED,
        last_translator="Brygga",
        language_team="Brygga",
        header_comment="# Swedish texts. `make messages` keeps the list in step with the code.",
        fuzzy=False,
    )
    catalog.msgid_bugs_address = ""
    return catalog


def read_catalog(path: Path) -> Catalog:
    if not path.exists():
        return _empty()
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def update_po(app: App, wanted: Catalog) -> None:
    """Add what is new and drop what is unused, keeping every translation that still fits."""
    kept = read_catalog(app.po)
    if not _messages(wanted):
        app.po.unlink(missing_ok=True)
        return
    for message in _messages(wanted):
        old = kept.get(message.id, context=message.context)
        if old is not None and isinstance(old.id, tuple) == isinstance(message.id, tuple):
            message.string = old.string
    app.po.parent.mkdir(parents=True, exist_ok=True)
    with app.po.open("wb") as file:
        write_po(file, wanted, sort_output=True, include_lineno=False, width=100)


def compile_stale(root: Path = ROOT) -> int:
    """Write the .mo files that are missing or older than their .po; return how many."""
    written = 0
    for app in find_apps(root):
        target = app.po.with_suffix(".mo")
        if not app.po.exists() or (
            target.exists() and target.stat().st_mtime >= app.po.stat().st_mtime
        ):
            continue
        partial = target.with_suffix(f".{id(app)}.part")
        with partial.open("wb") as file:
            write_mo(file, read_catalog(app.po))
        partial.replace(target)  # at once: two processes may start together
        written += 1
    return written


def find_faults(root: Path = ROOT, fallback: Path = FALLBACK) -> list[str]:
    """Say, one line each, what keeps the Swedish files from being complete and right."""
    faults: list[str] = []
    said: dict[tuple[str | None, str], tuple[str, str]] = {}
    for app, wanted in extract_catalogs(root, fallback).items():
        existing = read_catalog(app.po)
        used = {_key(message) for message in _messages(wanted)}
        have = {_key(message): message for message in _messages(existing)}
        faults += [f"{app.name}: missing: {key[1]}" for key in sorted(used - set(have), key=str)]
        faults += [f"{app.name}: unused: {key[1]}" for key in sorted(set(have) - used, key=str)]
        for key, message in have.items():
            faults += [f"{app.name}: {fault}: {key[1]}" for fault in _message_faults(message)]
            other, translation = said.setdefault(key, (app.name, str(message.string)))
            if translation != str(message.string):
                faults.append(f"{app.name}: translated otherwise than in {other}: {key[1]}")
    return faults


def _message_faults(message: Message) -> Iterator[str]:
    ids, strings = _texts_in(message.id), _texts_in(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(strings):
        yield "empty"
        return
    known = set().union(*map(_placeholders, ids))
    if any(_placeholders(text) - known for text in strings):
        yield "unknown placeholder"
    if _placeholders(ids[-1]) - _placeholders(strings[-1]):
        yield "lost placeholder"


def _texts_in(value: object) -> tuple[str, ...]:
    """Both forms of a text with a plural, or the one form of any other."""
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value or ""),)


def _placeholders(text: str) -> set[str]:
    return {"".join(groups) for groups in PLACEHOLDER.findall(text)}


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, _texts_in(message.id)[0]
