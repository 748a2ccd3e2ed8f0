"""Making a delivery: read, set, kept and mailed once, by the worker, without stopping anybody."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from brygga.core.audit.operations import record
from brygga.core.jobs.operations import Report, told_to_nobody
from brygga.core.mail.operations import Enclosed, queue_message
from brygga.core.registry.records import RecordPart
from brygga.tools.register.enums import PaperKind, Scope
from brygga.tools.register.models import Delivery, Paper
from brygga.tools.register.queries.papers import csv_of, pdf_of, xlsx_of
from brygga.tools.register.queries.parts import all_parts, chosen_parts, digest_of, had_before
from brygga.tools.register.rules import letter_key

KIND = "register.delivery"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAGES = 4


class NothingNewError(Exception):
    """Everything has been sent to this body before."""


def make_delivery(
    *, delivery_pk: int, at: datetime, report: Report = told_to_nobody
) -> Delivery | None:
    """Make the files and ask for the letter; a delivery that has been made stays as it is.

    The files are made without a lock. Where somebody was erased meanwhile they are made anew. One
    that holds nothing new is taken away, and None is given where it has been already.
    """
    while (delivery := _found(delivery_pk)) is not None and delivery.made_at is None:
        report(0, STAGES, _("What came in and was established is gathered."))
        with override(delivery.language):
            parts = _gather(delivery, at)
        if not parts:
            _take_away(delivery, at)
            raise NothingNewError
        papers = _papers(delivery, parts, at, report)
        report(3, STAGES, _("The letter to the registrar is put in line."))
        _keep(delivery, parts, papers, at)
    return delivery


def _found(delivery_pk: int) -> Delivery | None:
    rows = Delivery.objects.select_related("dialogue__organisation", "dialogue__mandate", "body")
    return rows.filter(pk=delivery_pk).first()


def _gather(delivery: Delivery, at: datetime) -> list[RecordPart]:
    is_new = delivery.scope == Scope.NEW
    known = had_before(delivery.dialogue, delivery.body) if is_new else set()
    everything = all_parts(delivery.dialogue, at)
    return chosen_parts(everything, left_out=delivery.left_out, known=known)


def _papers(
    delivery: Delivery, parts: list[RecordPart], at: datetime, report: Report
) -> list[Paper]:
    report(1, STAGES, _("The paper for the archive is set."))
    with override(delivery.language):
        stem = f"{_('register')}-{delivery.dialogue.public_id}-{delivery.number}"
        pdf = pdf_of(delivery, parts, at)
    report(2, STAGES, _("The lists are written."))
    with override(delivery.language):
        contents = (
            (PaperKind.PDF, "application/pdf", pdf),
            (PaperKind.XLSX, XLSX, xlsx_of(parts)),
            (PaperKind.CSV, "text/csv; charset=utf-8", csv_of(parts)),
        )
    return [
        Paper(
            delivery=delivery,
            kind=kind,
            name=f"{stem}.{kind.value}",
            media_type=media_type,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            content=content,
        )
        for kind, media_type, content in contents
    ]


@transaction.atomic
def _keep(delivery: Delivery, parts: list[RecordPart], papers: list[Paper], at: datetime) -> None:
    """Keep and mail the files, unless others were made meanwhile or somebody was erased."""
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if locked.made_at is not None or locked.erasures != delivery.erasures:
        return
    Paper.objects.bulk_create(papers)
    delivery.made_at = at
    delivery.counts = {part.title: len(part.entries) for part in parts}
    delivery.digests = sorted({digest_of(part, entry) for part in parts for entry in part.entries})
    delivery.sent_to = delivery.body.registrar_email
    delivery.has_files_in_letter = sum(paper.size for paper in papers) <= settings.MAIL_LARGEST
    delivery.save()
    _write_to_registrar(delivery, parts, papers, at)
    record(action="register.made", subject=delivery, by=None, at=at)


@transaction.atomic
def _take_away(delivery: Delivery, at: datetime) -> None:
    record(action="register.nothing_new", subject=delivery, by=None, at=at)
    delivery.delete()


def _write_to_registrar(
    delivery: Delivery, parts: list[RecordPart], papers: list[Paper], at: datetime
) -> None:
    place = [delivery.dialogue.public_id, delivery.public_id]
    enclosed = (
        [Enclosed(paper.name, paper.media_type, bytes(paper.content)) for paper in papers]
        if delivery.has_files_in_letter
        else []
    )
    queue_message(
        key=letter_key(delivery.pk),
        kind=KIND,
        recipient=delivery.sent_to,
        language=delivery.language,
        template="register/mail/delivery",
        context={
            "dialogue": delivery.dialogue.title,
            "owner": delivery.dialogue.organisation.name,
            "body": delivery.body.name,
            "number": delivery.number,
            "came_in": sum(len(part.entries) for part in parts if part.came_in),
            "established": sum(len(part.entries) for part in parts if not part.came_in),
            "has_files": delivery.has_files_in_letter,
            "hashes": [[paper.name, paper.sha256] for paper in papers],
            "url": f"{settings.BRYGGA_ADDRESS}{reverse('register:delivery', args=place)}",
        },
        due_at=at,
        at=at,
        attachments=enclosed,
    )
