"""Requests by one person: taken in, answered within a month, and carried out in every area."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from brygga.accounts.models import Organisation, User
from brygga.core.audit.operations import record
from brygga.core.registry import Person
from brygga.core.registry import registry as areas
from brygga.dialogues.models import Dialogue, Participant
from brygga.dialogues.operations.erasure import withdraw_everything
from brygga.dialogues.queries.disposal import is_forgotten
from brygga.tools.register.enums import RequestKind, RequestState
from brygga.tools.register.models import DataRequest
from brygga.tools.register.operations.retention import empty_papers
from brygga.tools.register.queries.requests import person_of
from brygga.tools.register.rules import answer_by, keeps_records


class AlreadyDecidedError(Exception):
    """Somebody has answered the request."""


class ReasonNeededError(Exception):
    """Whoever refuses, wholly or in part, says why."""


class RecordsStayError(Exception):
    """Public records go only by a decision on disposal, which is named."""


@dataclass(frozen=True)
class Answer:
    state: RequestState
    reason: str = ""
    disposal_dnr: str = ""  # the decision by which an authority's records go too


@transaction.atomic
def take_in(
    *,
    organisation: Organisation,
    kind: RequestKind,
    email: str = "",
    participant: Participant | None = None,
    identity_note: str = "",
    client_key: str | None = None,
    by: User | None,
    at: datetime,
) -> DataRequest:
    """Write down that somebody asks, once; the month begins now."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    same = DataRequest.objects.filter(organisation=organisation)
    found = same.filter(client_key=client_key).first() if client_key else None
    if found is None and participant is not None:
        found = same.filter(participant=participant, kind=kind, state=RequestState.OPEN).first()
    if found is not None:
        return found
    request = DataRequest.objects.create(
        organisation=organisation,
        kind=kind,
        email=email.strip().lower(),
        participant=participant,
        identity_note=identity_note,
        received_at=at,
        due_on=answer_by(localdate(at)),
        client_key=client_key or None,
    )
    record(action="data_request.take_in", subject=request, by=by, at=at, fields=["kind"])
    return request


@transaction.atomic
def answer(*, request: DataRequest, answer: Answer, by: User, at: datetime) -> DataRequest:
    """Decide, and carry an erasure out in every area or in none."""
    locked = (
        DataRequest.objects.select_for_update(of=("self",))
        .select_related("organisation", "participant")
        .get(pk=request.pk)
    )
    if locked.state != RequestState.OPEN:
        raise AlreadyDecidedError
    if answer.state in (RequestState.PARTLY, RequestState.REFUSED) and not answer.reason:
        raise ReasonNeededError
    erases = locked.kind == RequestKind.ERASE and answer.state != RequestState.REFUSED
    if erases:
        locked.counts = _erase(locked, answer, at)
        locked.email = ""
        locked.identity_note = ""
    locked.state = answer.state
    locked.reason = f"{answer.reason}\n{answer.disposal_dnr}".strip()
    locked.decided_at, locked.decided_by = at, by
    locked.save()
    record(action=f"data_request.{answer.state}", subject=locked, by=by, at=at, fields=["state"])
    return locked


def _erase(request: DataRequest, answer: Answer, at: datetime) -> dict[str, object]:
    are_records = keeps_records(request.organisation) and request.participant is not None
    goes_too = not are_records or bool(answer.disposal_dnr)
    if are_records and not goes_too and answer.state == RequestState.DONE:
        raise RecordsStayError
    if request.participant is not None and not goes_too:
        withdraw_everything(participant=request.participant, at=at)
    return {**areas.erase_person(person_of(request), at, with_records=goes_too)}


@transaction.atomic
def erase_by_receipt(*, participant: Participant, at: datetime) -> DataRequest:
    """Let a participant erase: at once where no public records are kept, else taken back and asked.

    An authority hides all at once; what is a public record waits for whoever may decide on it.
    """
    organisation = participant.dialogue.organisation
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    if is_forgotten(locked):  # the same form, sent twice at once
        return DataRequest.objects.filter(participant=locked, kind=RequestKind.ERASE).latest("pk")
    request = take_in(
        organisation=organisation,
        kind=RequestKind.ERASE,
        participant=participant,
        identity_note=_("Holds the receipt"),
        by=None,
        at=at,
    )
    if keeps_records(organisation):
        withdraw_everything(participant=participant, at=at)
        return request
    person = Person(participant_id=participant.pk, organisation_id=organisation.pk)
    request.counts = {**areas.erase_person(person, at, with_records=True)}
    request.state, request.decided_at, request.identity_note = RequestState.DONE, at, ""
    request.save()
    return request


@transaction.atomic
def erase_person(person: Person, at: datetime, with_records: bool) -> dict[str, int]:  # noqa: FBT001 - the hook's signature
    """Empty the addresses in answered requests, and our copies of what was sent to the register.

    The dialogue is locked, so that no delivery is asked for while its words are being erased.
    """
    counts = {"requests": _empty_requests(person)}
    if with_records and person.participant_id is not None:
        rows = Dialogue.objects.filter(participants=person.participant_id)
        if person.organisation_id is not None:
            rows = rows.filter(organisation=person.organisation_id)
        for dialogue in rows.select_for_update(of=("self",), no_key=True):
            counts["papers"] = empty_papers(dialogue, at=at)
    return counts


def _empty_requests(person: Person) -> int:
    if not person.email:
        return 0
    rows = DataRequest.objects.filter(email__iexact=person.email, decided_at__isnull=False)
    if person.organisation_id is not None:
        rows = rows.filter(organisation=person.organisation_id)
    return rows.update(email="", identity_note="")
