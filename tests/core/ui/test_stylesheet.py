import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from brygga.core.ui.stylesheet import NAME, StylesheetFinder, combine, find_sources

BUDGET = 50_000  # bytes on the wire for the style sheet and every script of a public page
SCRIPTS = ("ui/ui.js", "django_htmx/htmx-2.min.js")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![\w-])(?:left|right|top|"
    r"bottom|width|height|min-width|max-height)\s*:|text-align:\s*(?:left|right)|float:"
)


def test_the_sheet_holds_every_style_file():
    sheet = combine()
    assert "/*" not in sheet
    for path in find_sources():
        rules = re.sub(r"/\*.*?\*/|\s+", "", path.read_text(), flags=re.DOTALL)
        assert rules in re.sub(r"\s+", "", sheet), path.name


def test_the_layers_are_ordered_before_anything_else():
    assert combine().startswith("@layer tokens, base, layout, components, pages, print;")


@pytest.mark.parametrize("path", find_sources(), ids=lambda path: path.name)
def test_styles_stand_in_a_layer_and_close_what_they_open(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    depth, outside = 0, ""
    for part in re.split(r"([{}])", text):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
        elif depth == 0:
            outside += part
        assert depth >= 0
    assert depth == 0
    assert re.sub(r"@layer [\w, ]+;?", "", outside).strip() == ""


@pytest.mark.parametrize("path", find_sources(), ids=lambda path: path.name)
def test_styles_name_sides_by_reading_direction(path):
    rules = re.sub(r"@(?:media|container)[^{]*", "", path.read_text())
    assert PHYSICAL.findall(rules) == []


def test_every_custom_property_that_is_used_is_set():
    sheet = combine()
    used = set(re.findall(r"var\((--[\w-]+)", sheet))
    assert used - set(re.findall(r"(--[\w-]+)\s*:", sheet)) == set()


def test_the_finder_offers_the_same_sheet_to_server_and_collection():
    found = Path(finders.find(NAME))
    assert found.read_text() == combine()
    assert [name for name, _ in StylesheetFinder().list([])] == [NAME]
    assert settings.BRYGGA_DATA in found.parents


def test_a_public_page_stays_within_its_weight(client):
    page = client.get("/komponenter/").content.decode()
    loaded = re.findall(r'(?:src|href)="/static/([^"]+\.(?:js|css))"', page)
    assert sorted(loaded) == sorted([NAME, *SCRIPTS])
    weights = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in loaded}
    assert sum(weights.values()) <= BUDGET, weights


def test_htmx_may_neither_style_nor_evaluate(client):
    page = client.get("/komponenter/").content.decode()
    assert '"includeIndicatorStyles":false,"allowEval":false' in page
