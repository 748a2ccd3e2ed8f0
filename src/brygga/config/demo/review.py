"""What was decided on what people of the demo wrote, in the order of its days."""

from brygga.accounts.models import User
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.dialogues.enums import ContributionState
from brygga.dialogues.models import Contribution
from brygga.dialogues.operations.assessments import ask_for_new_assessment, report
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.queries.moderation import version_of


def play(voice: Contribution, told: Script, *, by: User, town: Town, calendar: Calendar) -> None:
    """Publish or hide a voice, report it, or let its author ask anew, as its script says."""
    if "published" in told:
        decision = Decision(to=ContributionState.PUBLISHED)
        at = calendar.moment(told["published"])
        decide(contribution=voice, decision=decision, seen=version_of(voice), by=by, at=at)
    for each in told.get("decision", ()):
        decision = Decision(
            to=ContributionState(each["to"]),
            ground=each.get("ground", ""),
            words=each.get("words", ""),
            masks=each.get("masks", ()),
        )
        decide(
            contribution=voice,
            decision=decision,
            seen=version_of(voice),
            by=town.people[each["by"]],
            at=calendar.moment(each["day"]),
        )
    if "asked" in told and voice.participant:
        ask_for_new_assessment(
            participant=voice.participant,
            public_id=voice.public_id,
            words=told["asked"]["words"],
            at=calendar.moment(told["asked"]["day"]),
        )
    if "reported" in told:
        report(
            contribution=voice,
            ground=told["reported"]["ground"],
            words=told["reported"]["words"],
            client_key=f"demo {told['voice']}",
            at=calendar.moment(told["reported"]["day"]),
        )
    voice.refresh_from_db()
