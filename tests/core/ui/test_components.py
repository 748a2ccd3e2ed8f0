import re

import pytest
from bs4 import BeautifulSoup
from django.template.base import Lexer, TokenType

from brygga.core.ui.gallery import find_components, find_examples
from tests.core.ui.sources import Component, find_misuse, read_components, read_templates

COMPONENTS = read_components()
GIVEN = {"slot", "attrs", "csrf_token", "forloop", "request", "user"}
WORDS = {"in", "and", "or", "not", "is", "as", "with", "only", "trimmed", "None", "True", "False"}


def page(client, language="sv"):
    return BeautifulSoup(client.get("/komponenter/", {"lang": language}).content, "html.parser")


def test_every_component_has_an_example_and_every_example_a_component():
    assert [example.name for example in find_examples()] == find_components()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_gallery_shows_every_component_in(client, language):
    soup = page(client, language)
    for example in find_examples():
        stage = soup.select_one(f"#{example.name} .gallery-stage")
        assert len(stage.find_all(True)) > 0, example.name
    assert soup.find(re.compile("^c-")) is None
    assert soup.html["lang"] == language


def test_the_gallery_shows_each_example_as_it_is_written(client):
    code = page(client).select_one("#tag pre").get_text()
    assert '<c-tag kind="overdue">Försenat</c-tag>' in code


def test_no_id_stands_twice_in_the_gallery(client):
    ids = [element["id"] for element in page(client).find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("name", "text"), read_templates().items())
def test_no_template_gives_a_component_what_it_would_drop(name, text):
    assert find_misuse(name, text, COMPONENTS) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<c-card titel="x">', "page: <c-card> drops titel"),
        ('<c-card :titel="x" quiet>', "page: <c-card> drops titel"),
        ('<c-crad title="x" />', "page: there is no <c-crad>"),
        ('<c-date :value="day" id="x" />', "page: <c-date> drops id"),
    ],
)
def test_what_a_component_would_drop_is_caught(text, fault):
    assert find_misuse("page", text, COMPONENTS) == [fault]


def test_what_a_component_declares_or_passes_on_is_not_caught():
    text = (
        '<c-card title="x > y" href="/" hx-get="/y" aria-label="z"><c-button disabled /></c-card>'
    )
    assert find_misuse("page", text, COMPONENTS) == []


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
def test_each_attribute_has_a_value_when_it_is_left_out(component):
    vars_tag = re.search(r"<c-vars(.*?)/>", component.text, re.DOTALL)
    assert [word for word in vars_tag[1].split() if "=" not in word and '"' not in word] == []


def undeclared(component: Component) -> set[str]:
    """Names that a component reads but neither declares nor makes itself."""
    used, made = set(), set(component.declared) | GIVEN
    for token in Lexer(re.sub(r"<c-vars.*?/>", "", component.text, flags=re.DOTALL)).tokenize():
        if token.token_type not in {TokenType.VAR, TokenType.BLOCK}:
            continue
        contents = re.sub(r"\"[^\"]*\"|'[^']*'", "", token.contents)
        if token.token_type is TokenType.BLOCK:
            tag, _, contents = contents.partition(" ")
            if tag in {"load", "translate", "blocktranslate"}:
                made |= set(re.findall(r"(\w+)=", contents))
        made |= set(re.findall(r"\bas (\w+)", contents))
        if looped := re.match(r"([\w, ]+?) in ", contents):
            made |= set(re.findall(r"\w+", looped[1]))
        used |= set(re.findall(r"(?<![\w.|])([a-zA-Z_]\w*)(?!\w*=)", contents)) - WORDS
    return used - made - {"i18n"}


@pytest.mark.parametrize("component", COMPONENTS.values(), ids=COMPONENTS)
def test_a_component_reads_only_names_that_it_declares(component):
    assert undeclared(component) == set()


def test_a_name_that_a_component_does_not_declare_is_caught():
    text = '<c-vars title :items="[]" />{% if titel %}{% for one in items %}{{ one.x|f:level }}'
    assert undeclared(Component("x", text)) == {"titel", "level"}


def test_a_component_does_not_see_what_the_page_around_it_holds(client):
    """The gallery's context has `form`; a form component given none must not pick it up."""
    stage = page(client).select_one("#field .gallery-stage")
    assert [area["name"] for area in stage.select("input[type=text], textarea")] == [
        "name",
        "voice",
    ]
