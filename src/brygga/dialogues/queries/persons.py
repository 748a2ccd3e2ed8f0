"""All that the dialogues hold of one person, in words that they understand."""

from django.db.models import Prefetch, QuerySet

from brygga.accounts.models import User
from brygga.core.editing.queries import drafts_of, subjects_of_drafts
from brygga.core.registry import Person
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    Follower,
    Insight,
    ModerationEvent,
    Participant,
    TeamMember,
)
from brygga.dialogues.queries.grounds import label_of
from brygga.dialogues.registry import registry


def export_person(person: Person) -> dict[str, object]:
    held = {
        "taking_part": _taking_part(person),
        "following": _following(person),
        "teams": _teams(person),
        "drafts": _drafts(person),
    }
    return {name: rows for name, rows in held.items() if rows}


def _taking_part(person: Person) -> list[dict[str, object]]:
    if person.participant_id is None:
        return []
    people = Participant.objects.filter(pk=person.participant_id).select_related("dialogue")
    if person.organisation_id is not None:
        people = people.filter(dialogue__organisation=person.organisation_id)
    return [
        {
            "dialogue": participant.dialogue.title,
            "number": participant.public_id,
            "joined": participant.joined_at.isoformat(),
            "language": participant.language,
            "identified": bool(participant.person_mark),
            "contributions": [
                {
                    "number": voice.public_id,
                    "received": voice.received_at.isoformat(),
                    "state": str(voice.get_state_display()),
                    "reason": voice.state_reason,
                    "text": voice.text,
                    "place": voice.place,
                    "language": voice.language,
                    **_moderated(voice),
                }
                for voice in _voices_of(participant)
            ],
            **registry.export(participant),
        }
        for participant in people
    ]


def _voices_of(participant: Participant) -> QuerySet[Contribution]:
    steps = ModerationEvent.objects.order_by("pk")
    return (
        participant.contributions.select_related("original")
        .prefetch_related(Prefetch("moderation", steps))
        .order_by("received_at", "pk")
    )


def _moderated(voice: Contribution) -> dict[str, object]:
    """Give what was written before masking, and what was decided, reported and asked about it."""
    original = getattr(voice, "original", None)
    steps = [
        {
            "at": step.at.isoformat(),
            "step": str(step.get_kind_display()),
            "to": str(step.get_to_state_display()) if step.to_state else "",
            "ground": label_of(step.ground) if step.ground else "",
            "words": step.words,
        }
        for step in voice.moderation.all()
    ]
    held = {"before_masking": original.text if original else "", "moderation": steps}
    return {name: value for name, value in held.items() if value}


def _following(person: Person) -> list[dict[str, object]]:
    if not person.email:
        return []
    rows = Follower.objects.filter(email=person.email.strip().lower()).select_related("dialogue")
    if person.organisation_id is not None:
        rows = rows.filter(dialogue__organisation=person.organisation_id)
    return [
        {
            "dialogue": row.dialogue.title,
            "address": row.email,
            "language": row.language,
            "state": str(row.get_state_display()),
            "asked": row.asked_at.isoformat(),
        }
        for row in rows.order_by("asked_at", "pk")
    ]


def account_of(person: Person) -> QuerySet[User]:
    if person.user_id is not None:
        return User.objects.filter(pk=person.user_id)
    address = person.email.strip().lower()
    return User.objects.filter(email=address) if address else User.objects.none()


def drafted_here(person: Person) -> set[str]:
    """Tell what of one organisation somebody has begun to write about, by public id."""
    subjects = subjects_of_drafts(account_of(person))
    own = Dialogue.objects.filter(organisation=person.organisation_id, public_id__in=subjects)
    insights = Insight.objects.filter(
        dialogue__organisation=person.organisation_id, public_id__in=subjects
    )
    return {
        *own.values_list("public_id", flat=True),
        *insights.values_list("public_id", flat=True),
    }


def _drafts(person: Person) -> list[dict[str, object]]:
    """Give what one has typed about an organisation's dialogues, and nothing of others'.

    Asked for no organisation, the account gives all drafts.
    """
    if person.organisation_id is None:
        return []
    return drafts_of(account_of(person), subjects=drafted_here(person))


def _teams(person: Person) -> list[dict[str, object]]:
    if person.user_id is None:
        return []
    rows = TeamMember.objects.filter(user=person.user_id).select_related("dialogue")
    if person.organisation_id is not None:
        rows = rows.filter(dialogue__organisation=person.organisation_id)
    return [
        {
            "dialogue": row.dialogue.title,
            "role": str(row.get_role_display()),
            "from": row.starts_on.isoformat(),
            "last_day": row.last_day.isoformat() if row.last_day else None,
        }
        for row in rows.order_by("starts_on", "pk")
    ]
