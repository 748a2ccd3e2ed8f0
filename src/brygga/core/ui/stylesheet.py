"""One style sheet for the whole house, put together from each app's `styles` folder.

The cascade layers, ordered in tokens.css, decide what wins; so the order of the files does not.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "ui/brygga.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")


def find_sources() -> list[Path]:
    """List every style file, tokens first since they order the layers."""
    own = Path(__file__).parent / "styles"
    others = [Path(app.path) / "styles" for app in apps.get_app_configs()]
    folders = [own, *(path for path in others if path != own)]
    found = [path for folder in folders for path in sorted(folder.rglob("*.css"))]
    return sorted(found, key=lambda path: path != own / "tokens.css")


def combine() -> str:
    text = "\n".join(path.read_text(encoding="utf-8") for path in find_sources())
    return INDENT.sub("\n", COMMENT.sub("", text)).strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Offers the combined sheet to collectstatic and to the development server."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        folder = Path(settings.BRYGGA_DATA) / "combined"
        self.storage = FileSystemStorage(location=folder)

    def check(self, **_options: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if path != NAME:
            return []
        return [self._write()] if find_all else self._write()

    def list(self, _ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield NAME, self.storage

    def _write(self) -> str:
        target = Path(self.storage.path(NAME))
        text = combine()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{id(self)}.part")
            partial.write_text(text, encoding="utf-8")
            partial.replace(target)  # at once: two processes may start together
        return str(target)
