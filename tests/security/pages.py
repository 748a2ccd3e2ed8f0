"""Asking the pages of the inventory what an attacker asks, and reading what they answer."""

import re
from pathlib import Path

from brygga.core.audit import models as audit
from tests.architecture.inventory import PAGES

SOURCES = Path(audit.__file__).parents[2]
READ = [page for page in PAGES if not page.posts_only]
SHOWN = [page for page in READ if not page.gives_file]
NESTED = [page for page in PAGES if ":" in page.name]
# A person who took part, follows or was invited holds a secret of their own, and keeps their page.
HELD_BY_SECRET = {
    "dialogues:receipt",
    "dialogues:new_assessment",
    "dialogues:confirm_following",
    "dialogues:end_following",
    "dialogues:personal_feed",
    "register:my_data",
    "register:my_file",
}


def content_of(response):
    if response.streaming:
        return b"" if response.is_async else b"".join(response.streaming_content)
    return response.content


def text_of(response):
    return content_of(response).decode(errors="replace")


def names_read_from_addresses():
    """Give each name that any source reads from an address, and those of forms that do."""
    read = re.compile(r"""GET(?:\.get(?:list)?\(|\[)["'](\w+)["']""")
    fields = re.compile(r"^    (\w+) = forms\.", re.MULTILINE)
    names = {"sort", "q", "page", "sida", "export", "lang", "theme", "next"}
    for path in SOURCES.rglob("*.py"):
        source = path.read_text()
        names |= set(read.findall(source))
        if path.parent.name == "forms":
            names |= set(fields.findall(source))
    return sorted(names)
