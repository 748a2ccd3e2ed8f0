import json

from hypothesis import given
from hypothesis import strategies as st

from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.queries.disclosure import public_document, suppressed
from tests.factories.dialogues import NOW
from tests.factories.perspectives import StatementRoundFactory, electorate

tables = st.lists(st.lists(st.integers(0, 60), min_size=3, max_size=3), min_size=1, max_size=6)


@given(tables)
def test_no_cell_of_one_to_four_is_shown(table):
    assert not [cell for row in suppressed(table) for cell in row if cell in {1, 2, 3, 4}]


@given(tables)
def test_what_is_shown_is_true(table):
    for row, shown in zip(table, suppressed(table), strict=True):
        assert all(cell in {None, count} for count, cell in zip(row, shown, strict=True))


@given(tables)
def test_a_hidden_cell_is_never_alone_in_its_column_with_others_to_subtract(table):
    shown = suppressed(table)
    for column in range(3):
        cells = [row[column] for row in shown]
        if cells.count(None) == 1:
            assert not any(cells), cells


def test_the_public_document_holds_no_small_cell_and_nobodys_place(db):
    statement_round = StatementRoundFactory()
    electorate(statement_round, groups=3, size=7)
    drawn = compute_map(statement_round=statement_round, at=NOW)
    small = [
        kind
        for row in drawn.summary["statements"]
        for group in row["groups"]
        for kind in group.values()
        if 0 < kind < 5
    ]
    assert small, "there must be something that could leak"
    document = public_document(drawn.summary)
    for row in document["statements"]:
        for cells in [row["totals"], *row["groups"]]:
            assert not [cell for cell in cells.values() if cell in {1, 2, 3, 4}]
    assert not {"axes", "position", "successes", "trials", "centre"} & set(
        json.dumps(document).replace('"', " ").split()
    )
