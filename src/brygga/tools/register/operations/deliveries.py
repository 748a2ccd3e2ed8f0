"""Giving a body's register what came in and was established: asked for, made once, mailed once."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from brygga.accounts.models import Body, User
from brygga.core.audit.operations import record
from brygga.core.mail.operations import Enclosed, queue_message
from brygga.core.registry.records import RecordPart
from brygga.dialogues.models import Dialogue
from brygga.tools.register.enums import PaperKind, Scope
from brygga.tools.register.models import Delivery, Paper
from brygga.tools.register.queries.papers import csv_of, pdf_of, xlsx_of
from brygga.tools.register.queries.parts import (
    all_parts,
    chosen_parts,
    digest_of,
    had_before,
)
from brygga.tools.register.rules import letter_key

KIND = "register.delivery"
MAKE, QUEUE = "register.make", "default"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NoAddressError(Exception):
    """The body has no address to its registrar."""


class ForeignBodyError(Exception):
    """The body does not own the dialogue."""


class NothingNewError(Exception):
    """Everything has been sent to this body before."""


@transaction.atomic
def ask_for_delivery(
    *,
    dialogue: Dialogue,
    body: Body,
    scope: Scope,
    left_out: Collection[str],
    client_key: str | None,
    by: User,
    at: datetime,
) -> Delivery:
    """Ask the worker for a delivery; the same form sent twice asks once."""
    locked = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if client_key:
        same = Delivery.objects.filter(dialogue=locked, client_key=client_key).first()
        if same is not None:
            return same
    _refuse_in_vain(locked, body, scope, left_out, at)
    newest = Delivery.objects.filter(dialogue=locked).aggregate(newest=Max("number"))["newest"]
    delivery = Delivery.objects.create(
        dialogue=locked,
        body=body,
        number=(newest or 0) + 1,
        scope=scope,
        left_out=sorted(left_out),
        asked_at=at,
        asked_by=by,
        client_key=client_key or None,
    )
    record(action="register.ask", subject=delivery, by=by, at=at, fields=["body", "scope"])
    defer_making(delivery)
    return delivery


def _refuse_in_vain(
    dialogue: Dialogue, body: Body, scope: Scope, left_out: Collection[str], at: datetime
) -> None:
    if body.organisation_id != dialogue.organisation_id and not dialogue.bodies.filter(pk=body.pk):
        raise ForeignBodyError
    if not body.registrar_email:
        raise NoAddressError
    if scope == Scope.NEW and had_before(dialogue, body):
        with override("sv"):
            parts = all_parts(dialogue, at)
        if not chosen_parts(parts, left_out=left_out, known=had_before(dialogue, body)):
            raise NothingNewError


def defer_making(delivery: Delivery) -> None:
    job = app.configure_task(MAKE, queue=QUEUE, queueing_lock=f"{MAKE}:{delivery.pk}")
    try:
        with transaction.atomic():
            job.defer(delivery_pk=delivery.pk)
    except AlreadyEnqueued:
        return


@transaction.atomic
def make_delivery(*, delivery_pk: int, at: datetime) -> Delivery:
    """Make the files and ask for the letter; a delivery that has been made stays as it is."""
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("dialogue__organisation", "body")
        .get(pk=delivery_pk)
    )
    if delivery.made_at is not None:
        return delivery
    # Nobody is erased while the files are made; what people say meanwhile does not wait.
    Dialogue.objects.select_for_update(no_key=True).get(pk=delivery.dialogue_id)
    with override(delivery.language):
        known = had_before(delivery.dialogue, delivery.body) if _is_new(delivery) else set()
        parts = chosen_parts(
            all_parts(delivery.dialogue, at), left_out=delivery.left_out, known=known
        )
        papers = _keep_papers(delivery, parts, at)
    delivery.made_at = at
    delivery.counts = {part.title: len(part.entries) for part in parts}
    delivery.digests = sorted({digest_of(part, entry) for part in parts for entry in part.entries})
    delivery.sent_to = delivery.body.registrar_email
    delivery.has_files_in_letter = sum(paper.size for paper in papers) <= settings.MAIL_LARGEST
    delivery.save()
    _write_to_registrar(delivery, parts, papers, at)
    record(action="register.made", subject=delivery, by=None, at=at)
    return delivery


def _is_new(delivery: Delivery) -> bool:
    return delivery.scope == Scope.NEW


def _keep_papers(delivery: Delivery, parts: list[RecordPart], at: datetime) -> list[Paper]:
    stem = f"{_('register')}-{delivery.dialogue.public_id}-{delivery.number}"
    contents = (
        (PaperKind.PDF, "application/pdf", pdf_of(delivery, parts, at)),
        (PaperKind.XLSX, XLSX, xlsx_of(parts)),
        (PaperKind.CSV, "text/csv; charset=utf-8", csv_of(parts)),
    )
    papers = [
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
    return Paper.objects.bulk_create(papers)


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
