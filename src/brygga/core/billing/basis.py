"""Lines, value-added tax and totals, in whole öre and right to the öre."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum

from brygga.core.billing.identifiers import organisation_number, peppol_id

SMALLEST_QUANTITY = Decimal("0.001")


class VatRate(IntEnum):
    """Per cent, as in mervärdesskattelagen (2023:200), chapter 9."""

    STANDARD = 25
    MIDDLE = 12
    LOW = 6
    NONE = 0


@dataclass(frozen=True)
class Line:
    """`unit_price` is öre without value-added tax; a negative `quantity` gives money back."""

    description: str
    quantity: Decimal
    unit_price: int
    vat: VatRate
    cost_reference: str = ""

    def __post_init__(self) -> None:
        if not self.description.strip():
            raise ValueError("A line says what is paid for.")
        if self.quantity != self.quantity.quantize(SMALLEST_QUANTITY) or not self.quantity:
            raise ValueError("A quantity is not nought and has at most three decimals.")
        if self.unit_price < 0:
            raise ValueError("A price is not negative: let the quantity be.")

    @property
    def net(self) -> int:
        return _whole(self.quantity * self.unit_price)


@dataclass(frozen=True)
class Buyer:
    """Who pays, with checked numbers; `reference` is what the buyer wants to read (er referens)."""

    name: str
    organisation_number: str
    reference: str
    peppol_id: str = ""

    def __post_init__(self) -> None:
        organisation_number(self.organisation_number)
        if self.peppol_id:
            peppol_id(self.peppol_id)
        if not self.name.strip() or not self.reference.strip():
            raise ValueError("An invoice without name or reference comes back.")


@dataclass(frozen=True)
class RateTotal:
    rate: VatRate
    net: int
    vat: int

    @property
    def gross(self) -> int:
        return self.net + self.vat


@dataclass(frozen=True)
class Basis:
    """What one buyer is to pay. `credits` names the basis that this one takes back."""

    key: str
    buyer: Buyer
    lines: tuple[Line, ...]
    credits: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("There is nothing to pay for.")

    @property
    def by_rate(self) -> tuple[RateTotal, ...]:
        """Give the tax of each rate, rounded once on the rate's sum and not line by line."""
        return tuple(self._totals())

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def vat(self) -> int:
        return sum(total.vat for total in self.by_rate)

    @property
    def gross(self) -> int:
        return self.net + self.vat

    def _totals(self) -> Iterator[RateTotal]:
        for rate in sorted({line.vat for line in self.lines}, reverse=True):
            net = sum(line.net for line in self.lines if line.vat == rate)
            yield RateTotal(rate, net, _whole(Decimal(net * rate) / 100))


def credit_of(basis: Basis, *, key: str) -> Basis:
    """Take a whole basis back: the same lines with the quantities turned round."""
    lines = tuple(replace(line, quantity=-line.quantity) for line in basis.lines)
    return Basis(key=key, buyer=basis.buyer, lines=lines, credits=basis.key)


def _whole(amount: Decimal) -> int:
    """Round to whole öre, half away from nought, so that a credit mirrors what it takes back."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
