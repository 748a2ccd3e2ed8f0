"""Invoice bases as lists for the finance system, in kronor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from brygga.core.billing.basis import Basis, Line, RateTotal
from brygga.core.exports import Column, Kind, Table


@dataclass(frozen=True)
class LineRow:
    basis: Basis
    line: Line


@dataclass(frozen=True)
class TotalRow:
    basis: Basis
    total: RateTotal


def line_rows(bases: Iterable[Basis]) -> Iterator[LineRow]:
    return (LineRow(basis, line) for basis in bases for line in basis.lines)


def total_rows(bases: Iterable[Basis]) -> Iterator[TotalRow]:
    return (TotalRow(basis, total) for basis in bases for total in basis.by_rate)


def kronor(ore: int) -> Decimal:
    return Decimal(ore).scaleb(-2)


INVOICE_LINES: Table[LineRow] = Table(
    name="invoice-lines",
    version=1,
    title=_("Invoice basis, lines"),
    columns=(
        Column("basis", _("Basis"), Kind.TEXT, lambda row: row.basis.key),
        Column("credits", _("Takes back"), Kind.TEXT, lambda row: row.basis.credits),
        Column("buyer", _("Buyer"), Kind.TEXT, lambda row: row.basis.buyer.name),
        Column(
            "organisation_number",
            _("Organisation number"),
            Kind.TEXT,
            lambda row: row.basis.buyer.organisation_number,
        ),
        Column("peppol_id", _("Peppol ID"), Kind.TEXT, lambda row: row.basis.buyer.peppol_id),
        Column("reference", _("Your reference"), Kind.TEXT, lambda row: row.basis.buyer.reference),
        Column("description", _("Description"), Kind.TEXT, lambda row: row.line.description),
        Column("quantity", _("Quantity"), Kind.NUMBER, lambda row: row.line.quantity),
        Column(
            "unit_price",
            _("Price each without VAT"),
            Kind.NUMBER,
            lambda row: kronor(row.line.unit_price),
        ),
        Column("net", _("Sum without VAT"), Kind.NUMBER, lambda row: kronor(row.line.net)),
        Column("vat_rate", _("VAT, per cent"), Kind.NUMBER, lambda row: int(row.line.vat)),
        Column(
            "cost_reference", _("Cost reference"), Kind.TEXT, lambda row: row.line.cost_reference
        ),
    ),
).declare()

INVOICE_TOTALS: Table[TotalRow] = Table(
    name="invoice-totals",
    version=1,
    title=_("Invoice basis, totals"),
    columns=(
        Column("basis", _("Basis"), Kind.TEXT, lambda row: row.basis.key),
        Column("vat_rate", _("VAT, per cent"), Kind.NUMBER, lambda row: int(row.total.rate)),
        Column("net", _("Sum without VAT"), Kind.NUMBER, lambda row: kronor(row.total.net)),
        Column("vat", _("VAT"), Kind.NUMBER, lambda row: kronor(row.total.vat)),
        Column("gross", _("Sum with VAT"), Kind.NUMBER, lambda row: kronor(row.total.gross)),
    ),
).declare()
