"""Reads our templates and style sheets as text, for the tests that compare them."""

import re
from dataclasses import dataclass
from pathlib import Path

import brygga
from brygga.core.ui.gallery import TEMPLATES
from brygga.core.ui.stylesheet import find_sources

SOURCE = Path(brygga.__file__).parent
TAG = re.compile(
    r"<c-([\w.-]+)((?:\s+[^\s/>\"'=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*/?>", re.DOTALL
)
ATTRIBUTE = re.compile(r"([^\s/>\"'=]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?", re.DOTALL)
ALWAYS_PASSED = re.compile(r"id|hx-[\w:-]+|aria-[\w-]+|data-[\w-]+")


@dataclass(frozen=True)
class Component:
    name: str
    text: str

    @property
    def declared(self) -> set[str]:
        found = re.search(r"<c-vars(.*?)/>", self.text, re.DOTALL)
        return {name.removeprefix(":") for name in ATTRIBUTE.findall(found[1])} if found else set()

    @property
    def passed_on(self) -> set[str]:
        found = re.search(r"\{# passes on: (.*?) #\}", self.text)
        return set(found[1].split()) if found else set()

    def takes(self, attribute: str) -> bool:
        if attribute.replace("-", "_") in self.declared | self.passed_on:
            return True
        return "{{ attrs }}" in self.text and ALWAYS_PASSED.fullmatch(attribute) is not None


def read_components() -> dict[str, Component]:
    return {
        path.stem: Component(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((TEMPLATES / "cotton").glob("*.html"))
    }


def read_templates() -> dict[str, str]:
    return {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("templates/**/*.html"))
    }


def find_misuse(name: str, text: str, components: dict[str, Component]) -> list[str]:
    """Name every component that does not exist and every attribute that it would drop."""
    faults = []
    for tag, attributes in TAG.findall(text):
        if tag in {"vars", "slot"}:
            continue
        component = components.get(tag.replace("-", "_"))
        if component is None:
            faults.append(f"{name}: there is no <c-{tag}>")
            continue
        given = [attribute.lstrip(":") for attribute in ATTRIBUTE.findall(attributes)]
        faults += [f"{name}: <c-{tag}> drops {one}" for one in given if not component.takes(one)]
    return faults


def tokens(theme: str) -> dict[str, str]:
    """The colours of tokens.css: `light`, `dark` by choice, or `dark by device`."""
    text = next(path for path in find_sources() if path.name == "tokens.css").read_text()
    starts = {
        "light": ":root {",
        "dark": ':root[data-theme="dark"] {',
        "dark by device": ":root:not([data-theme]) {",
    }
    block = text.split(starts[theme], 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", block))
