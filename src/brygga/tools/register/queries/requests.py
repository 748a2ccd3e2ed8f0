"""Those who have asked for their data or to be erased."""

from datetime import date, datetime
from urllib.parse import urlsplit

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from brygga.accounts.enums import Permission
from brygga.accounts.models import Organisation, User
from brygga.accounts.queries import get_organisation_for
from brygga.accounts.rules import organisations_where
from brygga.core.registry import Person
from brygga.dialogues.models import Participant
from brygga.dialogues.queries.participants import hash_of
from brygga.tools.register.enums import RequestState
from brygga.tools.register.models import DataRequest


def get_office_for(user: User, slug: str, *, at: datetime) -> Organisation:
    return get_organisation_for(user, slug, Permission.HANDLE_PERSONAL_DATA, localdate(at))


def requests_of(organisation: Organisation, *, state: str = "") -> QuerySet[DataRequest]:
    rows = DataRequest.objects.filter(organisation=organisation).select_related(
        "participant__dialogue", "decided_by"
    )
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("-received_at", "-pk")


def get_request_for(user: User, slug: str, public_id: str, *, at: datetime) -> DataRequest:
    """Give a request to those who answer for the organisation's data; Http404 to all others."""
    organisation = get_office_for(user, slug, at=at)
    found = requests_of(organisation).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.organisation = organisation
    return found


def person_of(request: DataRequest) -> Person:
    return Person(
        email=request.email,
        participant_id=request.participant_id,
        organisation_id=request.organisation_id,
    )


def participant_by_receipt(organisation: Organisation, typed: str) -> Participant | None:
    """Find who holds a receipt in the organisation, by its address, its secret or its number."""
    path = urlsplit(typed.strip()).path if "/" in typed else typed.strip()
    secret = [part for part in path.split("/") if part][-1:] or [""]
    rows = Participant.objects.filter(dialogue__organisation=organisation)
    return rows.filter(Q(secret_hash=hash_of(secret[0])) | Q(public_id__iexact=secret[0])).first()


def waiting_for(user: AbstractBaseUser, *, on: date) -> QuerySet[DataRequest]:
    assert isinstance(user, User)
    where = organisations_where(user, Permission.HANDLE_PERSONAL_DATA, on)
    rows = DataRequest.objects.filter(organisation__in=where, state=RequestState.OPEN)
    return rows.select_related("organisation").order_by("due_on")


def export_person(person: Person) -> dict[str, object]:
    rows = _of(person)
    return (
        {
            "requests": [
                {
                    "number": row.public_id,
                    "kind": str(row.get_kind_display()),
                    "received": row.received_at.isoformat(),
                    "state": str(row.get_state_display()),
                    "reason": row.reason,
                    "address": row.email,
                    "identity": row.identity_note,
                }
                for row in rows
            ]
        }
        if rows
        else {}
    )


def _of(person: Person) -> QuerySet[DataRequest]:
    known = Q(pk__in=[])
    if person.email:
        known |= Q(email__iexact=person.email)
    if person.participant_id is not None:
        known |= Q(participant=person.participant_id)
    rows = DataRequest.objects.filter(known)
    if person.organisation_id is not None:
        rows = rows.filter(organisation=person.organisation_id)
    return rows.order_by("received_at", "pk")
