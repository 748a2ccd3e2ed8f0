import re

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.ui.charts import stacked_bar
from brygga.core.ui.charts.numbers import percents


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def drawn(*counts, label=""):
    return BeautifulSoup(stacked_bar(*counts, label), "html.parser")


def test_agree_pass_and_disagree_stand_in_that_order_with_their_numbers():
    soup = drawn(195, 25, 92)
    legend = [item.get_text() for item in soup.select(".bar-legend li")]
    assert legend == [
        "Håller med 63\u00a0% (195)",
        "Vet inte 8\u00a0% (25)",
        "Håller inte med 29\u00a0% (92)",
    ]
    kinds = [rect["class"] for rect in soup.select("svg svg > rect:first-child")]
    assert kinds == [["bar-agree"], ["bar-pass"], ["bar-disagree"]]


def test_the_bar_has_a_title_and_tells_its_numbers_in_words():
    soup = drawn(2000, 0, 1, label="Skolan <kvar>")
    assert soup.svg.title.get_text() == "Skolan <kvar>"
    assert soup.svg.desc.get_text() == (
        "Håller med 100\u00a0% (2\u00a0000), Vet inte 0\u00a0% (0), "
        "Håller inte med 0\u00a0% (1). 2\u00a0001 svar totalt."
    )


def test_nobody_draws_no_bar():
    soup = drawn(0, 0, 0)
    assert soup.svg is None
    assert soup.get_text() == "Ingen har svarat än."


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=3).filter(any))
def test_shares_add_up_to_a_hundred_and_the_bar_is_filled(counts):
    assert sum(percents(counts)) == 100
    assert all(
        abs(share - 100 * count / sum(counts)) < 1
        for share, count in zip(percents(counts), counts, strict=True)
    )
    widths = re.findall(r'width="([\d.]+)%" height="30"', stacked_bar(*counts))
    assert sum(map(float, widths)) == pytest.approx(100 + 100, abs=0.01)
