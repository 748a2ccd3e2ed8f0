"""Erasing what a person said, or all that people said, by a rule or a decision. Rows stay."""

import re
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from brygga.accounts.models import Organisation
from brygga.core.audit.operations import record
from brygga.core.editing.operations import forget_drafts
from brygga.core.files.operations import remove_file
from brygga.core.mail.operations import forget_letters
from brygga.core.registry import Person
from brygga.dialogues.enums import WITHDRAWABLE, ContributionState, InsightState
from brygga.dialogues.models import Contribution, Dialogue, Follower, Participant
from brygga.dialogues.models.actors import ActorContact
from brygga.dialogues.models.moderation import ModerationCase, ModerationEvent, OriginalText
from brygga.dialogues.operations.participants import withdraw
from brygga.dialogues.operations.standing_for import end_merge, one_at_a_time, release
from brygga.dialogues.queries.disposal import GONE, internal_documents
from brygga.dialogues.queries.followers import end_token
from brygga.dialogues.queries.persons import account_of, drafted_here
from brygga.dialogues.registry import registry


def erase_contributions(rows: QuerySet[Contribution], *, at: datetime) -> int:
    """Empty what was said, also before masking and to the moderators; steps and grounds stay."""
    pks = list(rows.exclude(state=ContributionState.ERASED).values_list("pk", flat=True))
    OriginalText.objects.filter(contribution__in=pks).update(text="")
    ModerationCase.objects.filter(contribution__in=pks, closed_at=None).update(closed_at=at)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
        ModerationEvent.objects.filter(contribution__in=pks).update(words="", note="")
        cursor.execute("SET LOCAL brygga.erasing = 'off'")
    return Contribution.objects.filter(pk__in=pks).update(
        text="", place="", state_reason="", client_key=None, state=ContributionState.ERASED
    )


def forget_participant(participant: Participant) -> int:
    """Let no return link, and no e-ID, lead to a participant any more."""
    hashed = f"{GONE}{participant.public_id}"
    return Participant.objects.filter(pk=participant.pk).update(secret_hash=hashed, person_mark="")


@transaction.atomic
def withdraw_everything(*, participant: Participant, at: datetime) -> int:
    """Take back all that one has said and answered; nothing is shown, the record keeps it."""
    locked = Participant.objects.select_for_update().get(pk=participant.pk)
    voices = Contribution.objects.filter(participant=locked, state__in=WITHDRAWABLE)
    count = len(
        [
            withdraw(participant=locked, public_id=voice.public_id, at=at)
            for voice in voices.order_by("pk")
        ]
    )
    count += sum(registry.withdraw(locked, at).values())
    if count:
        record(action="participant.withdraw", subject=locked, by=None, at=at, fields=["state"])
    return count


@transaction.atomic
def erase_person(person: Person, at: datetime, with_records: bool) -> dict[str, int]:  # noqa: FBT001 - the hook's signature
    """Erase a participant and whoever follows by an address; public records only when told to."""
    counts = {
        "followers": _erase_followers(person, at),
        "contacts": _erase_contacts(person),
        "drafts": forget_drafts(users=account_of(person), subjects=drafted_here(person)),
    }
    participant = _participant(person)
    if participant is not None and with_records:
        _let_others_go(participant, at)
        counts["contributions"] = erase_contributions(participant.contributions.all(), at=at)
        counts |= registry.erase(participant, at)
        counts["participants"] = forget_participant(participant)
        record(action="participant.erase", subject=participant, by=None, at=at, fields=["text"])
    return counts


def _let_others_go(participant: Participant, at: datetime) -> None:
    """Let the voices that stand in this person's stand for themselves before they are emptied."""
    one_at_a_time(participant.dialogue_id)
    for voice in participant.contributions.select_for_update().order_by("pk"):
        end_merge(voice, at=at)
        release(voice, reread=False, by=None, at=at)


def followers_by(person: Person) -> QuerySet[Follower]:
    if not person.email:
        return Follower.objects.none()
    rows = Follower.objects.filter(email=person.email.strip().lower())
    if person.organisation_id is None:
        return rows
    return rows.filter(dialogue__organisation=person.organisation_id)


def _erase_followers(person: Person, at: datetime) -> int:
    rows = followers_by(person).select_related("dialogue")
    return sum(_erase_follower(follower, at) for follower in rows)


def _erase_follower(follower: Follower, at: datetime) -> int:
    path = reverse("dialogues:end_following", args=[end_token(follower)])
    url = f"{settings.BRYGGA_ADDRESS}{path}"
    forget_letters(address=follower.email, unsubscribe_url=url, at=at)
    return follower.delete()[0]


def _erase_contacts(person: Person) -> int:
    """Remove the address from the actor maps; the organisation or group stays on them."""
    if not person.email:
        return 0
    # The whole address: b@example.se is not what stands in anna.b@example.se.
    whole = rf"(^|[^[:alnum:]._%+-]){re.escape(person.email.strip())}($|[^[:alnum:]._-]|[.]($|\s))"
    rows = ActorContact.objects.filter(way__iregex=whole)
    if person.organisation_id is not None:
        rows = rows.filter(actor__dialogue__organisation=person.organisation_id)
    return rows.delete()[0]


def _participant(person: Person) -> Participant | None:
    if person.participant_id is None:
        return None
    rows = Participant.objects.select_for_update().filter(pk=person.participant_id)
    if person.organisation_id is not None:
        owners = Organisation.objects.filter(pk=person.organisation_id)
        rows = rows.filter(dialogue__organisation__in=owners)
    return rows.first()


def dispose(dialogue: Dialogue, at: datetime, most: int) -> dict[str, int]:
    """Dispose of up to `most` rows of each kind; called again until nothing more goes.

    Runs in the caller's transaction. Published insights, results and the diary stay.
    """
    voices = Contribution.objects.filter(dialogue=dialogue).exclude(state=ContributionState.ERASED)
    some = voices.order_by("pk").values("pk")[:most]
    gone = {"contributions": erase_contributions(Contribution.objects.filter(pk__in=some), at=at)}
    people = Participant.objects.filter(dialogue=dialogue).exclude(secret_hash__startswith=GONE)
    known = list(people.order_by("pk")[:most])
    for participant in known:
        participant.secret_hash = f"{GONE}{participant.public_id}"
        participant.person_mark = ""
    Participant.objects.bulk_update(known, ["secret_hash", "person_mark"])
    gone["participants"] = len(known)
    followers = Follower.objects.filter(dialogue=dialogue).select_related("dialogue")
    gone["followers"] = sum(_erase_follower(each, at) for each in followers.order_by("pk")[:most])
    drafts = list(dialogue.insights.filter(state=InsightState.DRAFT).order_by("pk")[:most])
    for draft in drafts:
        draft.delete()
    return gone | {"drafts": len(drafts)} | _dispose_of_papers(dialogue, most)


def _dispose_of_papers(dialogue: Dialogue, most: int) -> dict[str, int]:
    """Remove the team's own documents and contacts; what was published stays."""
    papers = list(internal_documents(dialogue).select_related("file").order_by("pk")[:most])
    for paper in papers:
        paper.delete()
        remove_file(file=paper.file)
    contacts = ActorContact.objects.filter(actor__dialogue=dialogue)
    return {"documents": len(papers), "contacts": contacts.delete()[0]}
