"""Two users stand in for those to come: a course with a package price, a network with an extra."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.billing import (
    BadIdentifierError,
    Basis,
    Buyer,
    Line,
    VatRate,
    credit_of,
    organisation_number,
    peppol_id,
)
from brygga.core.billing.exports import INVOICE_LINES, INVOICE_TOTALS, line_rows, total_rows
from brygga.core.exports import write_csv

BUYER = Buyer("Exempelby kommun", "212000-0142", "Karin Berg, 4711", "0007:2120000142")


def course(seats):
    """A course series: a package for five, and a price for each seat beyond it."""
    lines = [Line("Kurspaket, fem platser", Decimal(1), 12_500_00, VatRate.STANDARD, "K-12")]
    if seats > 5:
        lines.append(Line("Extra plats", Decimal(seats - 5), 2_750_00, VatRate.STANDARD, "K-12"))
    return Basis("kurs-1", BUYER, tuple(lines))


def network(hours):
    """A year in a network without tax, coaching by the hour with it, a book with the low rate."""
    return Basis(
        "natverk-1",
        BUYER,
        (
            Line("Deltagaravgift", Decimal(1), 25_000_00, VatRate.NONE),
            Line("Extra handledning, timmar", hours, 1_333_33, VatRate.STANDARD),
            Line("Metodbok", Decimal(3), 199_95, VatRate.LOW),
        ),
    )


LINES = st.builds(
    Line,
    description=st.just("Rad"),
    quantity=st.decimals(-1000, 1000, places=3).filter(bool),
    unit_price=st.integers(0, 10_000_000),
    vat=st.sampled_from(VatRate),
)
BASES = st.builds(
    Basis,
    key=st.just("b"),
    buyer=st.just(BUYER),
    lines=st.lists(LINES, min_size=1, max_size=20).map(tuple),
)


def test_a_course_is_paid_as_a_package_and_by_the_seat_beyond_it():
    assert course(5).gross == 15_625_00
    assert (course(7).net, course(7).vat, course(7).gross) == (18_000_00, 4_500_00, 22_500_00)


def test_tax_is_rounded_once_for_each_rate():
    basis = network(Decimal("2.5"))
    assert [(total.rate, total.net, total.vat) for total in basis.by_rate] == [
        (25, 3_333_33, 833_33),
        (6, 599_85, 35_99),
        (0, 25_000_00, 0),
    ]
    many = Basis("b", BUYER, tuple(Line("x", Decimal(1), 1, VatRate.STANDARD) for _ in range(10)))
    assert many.vat == 3  # a quarter of ten öre; line by line it would be nothing


@given(BASES)
def test_totals_add_up_to_the_ore(basis):
    assert basis.gross == basis.net + basis.vat == sum(total.gross for total in basis.by_rate)
    assert basis.net == sum(line.net for line in basis.lines) == sum(t.net for t in basis.by_rate)
    for total in basis.by_rate:
        assert abs(total.vat * 100 - total.net * total.rate) <= 50


@given(BASES)
def test_a_basis_and_its_credit_sum_to_nothing(basis):
    credit = credit_of(basis, key="credit")
    assert credit.credits == basis.key
    assert (basis.net + credit.net, basis.vat + credit.vat, basis.gross + credit.gross) == (0, 0, 0)


@given(BASES, st.randoms())
def test_the_order_of_lines_changes_no_total(basis, random):
    shuffled = list(basis.lines)
    random.shuffle(shuffled)
    assert Basis("b", BUYER, tuple(shuffled)).by_rate == basis.by_rate


@pytest.mark.parametrize("text", ["2120000142", "212000-0142", "16212000-0142", " 2120000142 "])
def test_an_organisation_number_is_read_as_people_write_it(text):
    assert organisation_number(text) == "2120000142"


@pytest.mark.parametrize(
    "text", ["", "2120000143", "212000014", "21200001422", "8112189876", "²120000142", "SE212000"]
)
def test_what_is_no_organisation_number_is_refused(text):
    with pytest.raises(BadIdentifierError):
        organisation_number(text)


@given(st.integers(0, 9), st.integers(1, 9))
def test_one_mistyped_digit_is_always_found(place, change):
    digits = list("2120000142")
    digits[place] = str((int(digits[place]) + change) % 10)
    with pytest.raises(BadIdentifierError):
        organisation_number("".join(digits))


def test_a_peppol_address_is_scheme_and_organisation_number():
    assert peppol_id("0007:2120000142") == "0007:2120000142"


@pytest.mark.parametrize(
    "text", ["", "2120000142", "0088:2120000142", "0007:212000-0142", "0007:2120000143", "0007:"]
)
def test_what_is_no_swedish_peppol_address_is_refused(text):
    with pytest.raises(BadIdentifierError):
        peppol_id(text)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Line(" ", Decimal(1), 1, VatRate.NONE),
        lambda: Line("x", Decimal(0), 1, VatRate.NONE),
        lambda: Line("x", Decimal("0.0001"), 1, VatRate.NONE),
        lambda: Line("x", Decimal(1), -1, VatRate.NONE),
        lambda: Buyer("Exempelby", "2120000143", "Karin"),
        lambda: Buyer("Exempelby", "2120000142", ""),
        lambda: Buyer("Exempelby", "2120000142", "Karin", "0007:1"),
        lambda: Basis("b", BUYER, ()),
    ],
)
def test_what_no_finance_system_would_take_is_refused(make):
    with pytest.raises(ValueError):  # noqa: PT011 - each says it in its own words
        make()


def rows(table, given_rows):
    out = BytesIO()
    write_csv(table, given_rows, out)
    return list(csv.reader(StringIO(out.getvalue().decode("utf-8-sig")), delimiter=";"))[1:]


def test_a_basis_is_taken_along_in_kronor():
    bases = [course(7), credit_of(course(7), key="kurs-1-kredit")]
    lines = rows(INVOICE_LINES, line_rows(bases))
    assert lines[1][:6] == [
        "kurs-1",
        "",
        "Exempelby kommun",
        "212000-0142",
        "0007:2120000142",
        "Karin Berg, 4711",
    ]
    assert lines[1][6:] == ["Extra plats", "2", "2750,00", "5500,00", "25", "K-12"]
    assert lines[3][:2] + lines[3][7:10] == ["kurs-1-kredit", "kurs-1", "-2", "2750,00", "-5500,00"]
    assert rows(INVOICE_TOTALS, total_rows(bases)) == [
        ["kurs-1", "25", "18000,00", "4500,00", "22500,00"],
        ["kurs-1-kredit", "25", "-18000,00", "-4500,00", "-22500,00"],
    ]
