"""The files of a delivery: one paper for the archive, and the same as a list."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from brygga.accounts.queries.letterhead import letterhead
from brygga.core.documents import compile_pdf
from brygga.core.exports import write_csv, write_xlsx
from brygga.core.registry.records import RecordEntry, RecordPart
from brygga.tools.register.models import Delivery
from brygga.tools.register.queries.listed import RECORDS, Line, lines_of

TEMPLATE = Path(__file__).parent.parent / "papers" / "register.typ"
ARCHIVAL = b"pdfaid:part"


def csv_of(parts: list[RecordPart]) -> bytes:
    return _written(write_csv, lines_of(parts))


def xlsx_of(parts: list[RecordPart]) -> bytes:
    return _written(write_xlsx, lines_of(parts))


def _written(write: Any, lines: list[Line]) -> bytes:
    content = BytesIO()
    write(RECORDS, lines, content)
    return content.getvalue()


def pdf_of(delivery: Delivery, parts: list[RecordPart], at: datetime) -> bytes:
    """Set the paper; letters that the archive's format has no font for are written as their codes.

    Their exact form stands in the list, which the paper says.
    """
    data = _data(delivery, parts, at)
    pdf = compile_pdf(TEMPLATE, data, at=at)
    if ARCHIVAL in pdf:
        return pdf
    data["note"] = _("Letters that this format cannot hold are written as codes; see the list.")
    return compile_pdf(TEMPLATE, _coded(data) | {"logo": data["logo"]}, at=at)


def _data(delivery: Delivery, parts: list[RecordPart], at: datetime) -> dict[str, Any]:
    dialogue = delivery.dialogue
    return {
        "title": dialogue.title,
        "owner": dialogue.organisation.name,
        "logo": letterhead(dialogue.organisation),
        "language": delivery.language,
        "kicker": _("To the register of %(body)s") % {"body": delivery.body.name},
        "about": [
            [_("Delivery"), f"{delivery.number} ({delivery.get_scope_display()})"],
            [_("Dialogue"), f"{dialogue.public_id} · {dialogue.get_form_display()}"],
            [_("Made"), date_format(localdate(at), "Y-m-d")],
            [_("Earlier register number"), ", ".join(_earlier(delivery)) or "–"],
        ],
        "note": "",
        "came_in": [_("What came in"), _listed(parts, came_in=True)],
        "established": [_("What was established"), _listed(parts, came_in=False)],
        "footer": _("Delivery %(number)s of dialogue %(dialogue)s")
        % {"number": delivery.number, "dialogue": dialogue.public_id},
    }


def _earlier(delivery: Delivery) -> list[str]:
    rows = Delivery.objects.filter(dialogue=delivery.dialogue_id, body=delivery.body_id)
    return sorted(set(rows.exclude(dnr="").values_list("dnr", flat=True)))


def _listed(parts: list[RecordPart], *, came_in: bool) -> list[list[Any]]:
    return [
        [f"{part.title} ({len(part.entries)})", [_entry(entry) for entry in part.entries]]
        for part in parts
        if part.came_in == came_in
    ]


def _entry(entry: RecordEntry) -> list[Any]:
    day = localdate(entry.on) if isinstance(entry.on, datetime) else entry.on
    facts = (day.isoformat(), entry.kind, entry.number, entry.channel, entry.state, entry.reason)
    return [entry.heading, " · ".join(fact for fact in facts if fact), entry.text.split("\n")]


def _coded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _coded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_coded(each) for each in value]
    return "".join(_code(letter) for letter in value) if isinstance(value, str) else value


def _code(letter: str) -> str:
    is_plain = letter < "\u0530" or "\u2010" <= letter <= "\u2022" or letter in "…→−≤≥"
    return letter if is_plain else f"[U+{ord(letter):04X}]"
