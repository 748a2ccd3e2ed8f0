"""The page on how a risk is judged tells what the files say."""

import pytest

from brygga.config.risk_reference import risk_page
from brygga.engines.risk import Kind
from brygga.tools.risks.queries.instruments import our_instrument
from tests.architecture.floors import ROOT

PAGE = (ROOT / "docs/reference/risk.md").read_text(encoding="utf-8")


def test_the_page_is_the_one_that_the_files_give():
    assert risk_page() == PAGE, "run `make docs`"


@pytest.mark.parametrize("kind", Kind)
def test_every_threshold_statement_and_result_is_on_the_page(kind):
    instrument = our_instrument(kind)
    for axis in instrument.axes:
        top = axis.levels[-1]
        assert top.highest in {top.lowest, 16}
        assert all(f"| {level.name.en} | {level.name.sv} |" in PAGE for level in axis.levels)
    assert all(statement.text.en in PAGE for statement in instrument.statements)
    assert all(f"| {result.name.en} | {result.name.sv} |" in PAGE for result in instrument.results)
