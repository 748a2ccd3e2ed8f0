"""Rows that no page of the inventory makes, or that are never rewritten: hostile from the start."""

from datetime import date

from django.db.models import Q

from brygga.accounts.enums import Role
from brygga.accounts.models import OwnLogin
from brygga.accounts.models.own_login import LoginRole
from brygga.dialogues.enums import (
    ContributionState,
    KitText,
    MandateVerdict,
    ModerationStep,
    RetentionClass,
)
from brygga.dialogues.models import (
    InvitationText,
    MandateConfirmation,
    ModerationEvent,
    OriginalText,
)
from brygga.tools.outcomes.enums import AmendmentKind
from brygga.tools.outcomes.models import DecisionAmendment, PromiseChange
from brygga.tools.register.enums import PaperKind
from brygga.tools.register.models import NumberChange, Paper, RetentionLog, RetentionPlan
from tests.architecture.inventory.world import NOW
from tests.factories.outcomes import DecisionFactory
from tests.factories.register import RetentionPlanFactory
from tests.security.planting import HOSTILE, SHORT

DAY = date(2026, 3, 2)


def write_rare_rows(world):
    """Hang them on what the pages of the inventory show, so that the walk reads them."""
    say_what_was_moderated(world)
    tell_what_was_decided(world)
    register_and_dispose(world)
    for kind in KitText.values:
        InvitationText.objects.get_or_create(
            dialogue=world.dialogue,
            kind=kind,
            language="sv",
            defaults={"heading": HOSTILE[:140], "text": HOSTILE, "written_at": NOW},
        )
    for login in OwnLogin.objects.filter(organisation=world.own):
        LoginRole.objects.create(login=login, value=HOSTILE[:120], role=Role.OFFICIAL)


def say_what_was_moderated(world):
    decided = {"from_state": ContributionState.PUBLISHED, "to_state": ContributionState.HIDDEN}
    for voice in world.dialogue.contributions.all():
        ModerationEvent.objects.create(
            contribution=voice,
            kind=ModerationStep.DECIDED,
            at=NOW,
            by=world.leader,
            ground="other",
            words=HOSTILE,
            note=HOSTILE,
            **decided,
        )
        OriginalText.objects.get_or_create(
            contribution=voice, defaults={"text": HOSTILE, "kept_at": NOW}
        )


def tell_what_was_decided(world):
    DecisionFactory(dialogue=world.dialogue, body=None, dnr="", manager=HOSTILE[:160])
    for decision in world.dialogue.decisions.all():
        DecisionAmendment.objects.create(
            decision=decision, kind=AmendmentKind.CORRECTED, text=HOSTILE, at=NOW
        )
    for promise in world.dialogue.promises.all():
        PromiseChange.objects.get_or_create(
            promise=promise,
            from_date=DAY,
            defaults={"to_date": date(2027, 1, 1), "reason": HOSTILE, "at": NOW},
        )
    MandateConfirmation.objects.get_or_create(
        dialogue=world.dialogue,
        period_last_day=DAY,
        defaults={
            "verdict": MandateVerdict.CONFIRMED,
            "body": world.body,
            "decided_on": DAY,
            "dnr": HOSTILE[:60],
            "at": NOW,
        },
    )


def register_and_dispose(world):
    for delivery in world.dialogue.deliveries.all():
        Paper.objects.get_or_create(
            delivery=delivery,
            kind=PaperKind.CSV,
            defaults={
                "name": HOSTILE[:120],
                "media_type": "text/csv",
                "sha256": "0" * 64,
                "size": 1,
                "content": b"1",
            },
        )
        NumberChange.objects.create(
            delivery=delivery, before=SHORT, after=SHORT, reason=HOSTILE, at=NOW
        )
    unmade = Q(made_at=None)
    world.dialogue.deliveries.filter(unmade).update(made_at=NOW)
    world.dialogue.deliveries.update(dnr=SHORT, dnr_at=NOW)
    if not RetentionPlan.objects.filter(dialogue=world.dialogue).exists():
        RetentionPlanFactory(dialogue=world.dialogue, body=world.body)
    RetentionPlan.objects.filter(dialogue=world.dialogue).update(
        dnr=SHORT, held_reason=HOSTILE, held_at=NOW, held_by=world.leader
    )
    RetentionLog.objects.create(
        dialogue=world.dialogue,
        rule=RetentionClass.TWO_YEARS,
        decision=HOSTILE,
        started_at=NOW,
        finished_at=NOW,
    )
