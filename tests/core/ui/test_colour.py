import pytest

from brygga.core.ui.colour import PAPER, READABLE, contrast


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        ("#0B4F6C", PAPER, 8.6),  # as in the design's table of tokens
        ("#4A5B68", PAPER, 6.7),
    ],
)
def test_contrast_is_as_published(first, second, ratio):
    assert contrast(first, second) == pytest.approx(ratio, abs=0.05)


def test_the_limit_parts_grey_from_too_light_a_grey():
    assert contrast("#767676", "#FFFFFF") >= READABLE > contrast("#777777", "#FFFFFF")
