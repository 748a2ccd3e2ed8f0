import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from brygga.core.ui import ladder
from brygga.core.ui.sorting import Sorting
from brygga.core.ui.steps import Step, StepState
from brygga.core.ui.templatetags import ui

COLUMNS = {"place", "answers"}


def render(text, address="/", **context):
    request = RequestFactory().get(address)
    request.csp_nonce = "n0nce"
    request.user = AnonymousUser()
    return Template(text).render(RequestContext(request, context))


@pytest.mark.parametrize(
    ("here", "current"),
    [("/komponenter/", "page"), ("/komponenter/mer/", "true"), ("/annat/", None)],
)
def test_a_menu_item_knows_whether_we_are_there(here, current):
    item = BeautifulSoup(render('{% navigation_link "ui:gallery" "All" %}', here), "html.parser").a
    assert item["href"] == "/komponenter/"
    assert item.get("aria-current") == current


def test_a_menu_item_to_an_address_that_nobody_offers_is_left_out():
    assert render('{% navigation_link "nobody:offers" "All" %}') == ""


def test_the_home_page_is_not_above_every_page():
    assert "aria-current" not in render('{% navigation_link "portal:home" "Home" %}', "/x/")


@pytest.mark.parametrize(
    ("here", "is_marked"), [("/komponenter/", True), ("/komponenter/mer/", False)]
)
def test_a_menu_item_can_stand_for_its_own_page_only(here, is_marked):
    item = render('{% navigation_link "ui:gallery" "All" below=False %}', here)
    assert ("aria-current" in item) == is_marked


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("{% with_query page=2 %}", "?q=a+%26+b&amp;page=2"),
        ("{% with_query q=None %}", "?page=7"),
        ("{% with_query page=None %}", "?q=a+%26+b"),
    ],
)
def test_an_address_keeps_the_rest_of_its_query(tag, address):
    shown = render(tag, "/?q=a+%26+b&page=7")
    assert sorted(shown.lstrip("?").split("&amp;")) == sorted(address.lstrip("?").split("&amp;"))


@pytest.mark.parametrize(
    ("code", "way"),
    [("ar", "rtl"), ("fa-AF", "rtl"), ("AR", "rtl"), ("so", "ltr"), ("sv", "ltr"), ("", "auto")],
)
def test_a_language_is_written_its_own_way(code, way):
    assert ui.direction(code) == way


@pytest.mark.parametrize(("code", "name"), [("fi", "suomi"), ("ar-EG", "العربيّة"), ("xx", "xx")])
def test_a_language_has_its_own_name(code, name):
    assert ui.own_language_name(code) == name


@pytest.mark.parametrize(
    ("query", "key", "is_descending"),
    [
        ("", "place", False),
        ("?sort=answers", "answers", False),
        ("?sort=-answers", "answers", True),
        ("?sort=password", "place", False),
        ("?sort=--answers", "place", False),
    ],
)
def test_a_table_is_sorted_by_what_it_offers_and_nothing_else(query, key, is_descending):
    asked = Sorting.asked_for(RequestFactory().get(f"/{query}"), COLUMNS, "place")
    assert (asked.key, asked.is_descending) == (key, is_descending)
    assert asked.order_by == f"{'-' if is_descending else ''}{key}"


def test_a_press_on_the_sorted_column_turns_the_order():
    assert Sorting("place").value_for("place") == "-place"
    assert Sorting("place", is_descending=True).value_for("place") == "place"
    assert Sorting("place").value_for("answers") == "answers"


def test_a_sorted_column_says_so_and_drops_the_page():
    head = '{% cotton th key="place" :sorting="sorting" %}Place{% endcotton %}'
    cell = BeautifulSoup(render(head, "/?page=3", sorting=Sorting("place")), "html.parser")
    assert cell.th["aria-sort"] == "ascending"
    assert cell.a["href"] == "?sort=-place"


@pytest.mark.parametrize(
    ("current", "numbers"),
    [(1, [1, 2, None, 20]), (10, [1, None, 9, 10, 11, None, 20]), (20, [1, None, 19, 20])],
)
def test_a_pager_leaves_out_the_middle(current, numbers):
    assert ui.page_numbers(Paginator(range(400), 20).page(current)) == numbers


@pytest.mark.parametrize("level", range(1, 6))
def test_each_rung_up_to_the_level_is_reached(level):
    assert [rung.reached for rung in ladder.rungs(level)].count(True) == level


def test_every_level_has_a_sentence_of_its_own_in_both_languages():
    for language in ("sv", "en"):
        with translation.override(language):
            assert len({ladder.level_sentence(level) for level in range(1, 6)}) == 5
            assert len({ladder.level_name(level) for level in range(1, 6)}) == 5


def test_only_the_highest_level_says_that_one_decides():
    with translation.override("en"):
        assert [
            level for level in range(1, 6) if "decision itself" in ladder.level_sentence(level)
        ] == [5]


@pytest.mark.parametrize("state", StepState)
def test_a_step_says_its_state_in_words(state):
    with translation.override("en"):
        assert Step("Preparation", state).state_text.endswith(".")


def test_an_organisations_colour_comes_with_a_nonce_and_a_dark_sister():
    style = render('{% accent_style "#8C2F24" %}')
    assert style.startswith('<style nonce="n0nce">@layer tokens {:root{--accent:#8C2F24}')
    assert style.count("--accent:") == 3


@pytest.mark.parametrize("accent", ["", "red", "#8C2F24}body{display:none"])
def test_what_is_no_colour_is_not_written_into_the_page(accent):
    assert render("{% accent_style accent %}", accent=accent) == ""
