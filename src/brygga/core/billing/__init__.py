"""The basis of an invoice: what is to be paid, by whom, ready for the finance system.

Pure: frozen values that are told everything, no database and no clock. It is no invoice, so it has
no number and no payment details; those belong to the finance system that reads the exported lines.
Nobody in Brygga bills yet: the two users in the tests, a course with a package price and a network
with a bought extra, stand in for learning and networks until these come.
"""

from brygga.core.billing.basis import Basis, Buyer, Line, RateTotal, VatRate, credit_of
from brygga.core.billing.identifiers import (
    BadIdentifierError,
    organisation_number,
    peppol_id,
)

__all__ = [
    "BadIdentifierError",
    "Basis",
    "Buyer",
    "Line",
    "RateTotal",
    "VatRate",
    "credit_of",
    "organisation_number",
    "peppol_id",
]
