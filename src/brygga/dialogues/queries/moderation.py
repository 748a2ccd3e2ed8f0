"""What waits to be read, by whom it may be decided, and what has been done with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from brygga.accounts.models import Organisation, RoleAssignment, User
from brygga.core.text.personal_data import Finding, personal_data
from brygga.dialogues.enums import CaseCause, ContributionState, ModerationStep
from brygga.dialogues.models import (
    Contribution,
    ContributionMerge,
    Dialogue,
    ModerationCase,
    ModerationEvent,
    OriginalText,
    TeamMember,
)
from brygga.dialogues.queries.access import dialogues_for
from brygga.dialogues.rules import MODERATOR_ROLES, ROLES_THAT_COUNT

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

# What makes a page that was shown before it too old to decide from.
TURNS = (
    ModerationStep.OPENED,
    ModerationStep.DECIDED,
    ModerationStep.ASKED,
    ModerationStep.MERGED,
    ModerationStep.SEPARATED,
    ModerationStep.WITHDRAWN,
)
COUNTED = 20  # decisions from which the usual wait is told
ENOUGH = 5
ORDERS = {"waited": "opened_at", "due": "due_on", "dialogue": "dialogue__sort_key"}
_ROLES = [role for role, counts_as in ROLES_THAT_COUNT.items() if counts_as in MODERATOR_ROLES]


class Reports(TypedDict):
    reports: int


@dataclass(frozen=True)
class Wanted:
    """What the queue is asked for."""

    words: str = ""
    cause: str = ""
    whose: str = ""  # "mine", "free" or all
    organisation: str = ""
    order: str = "opened_at"


def moderators_of(dialogue: Dialogue, *, at: datetime) -> QuerySet[User]:
    """List those who may decide on the contributions of a dialogue, as the rules say."""
    today = localdate(at)
    in_force = Q(starts_on__lte=today) & (Q(last_day=None) | Q(last_day__gte=today))
    team = TeamMember.objects.filter(in_force, dialogue=dialogue, role__in=MODERATOR_ROLES)
    held = RoleAssignment.objects.filter(
        in_force, role__in=_ROLES, membership__left_at=None
    ).filter(
        Q(body__in=dialogue.bodies.values("pk"))
        | Q(body=None, membership__organisation=dialogue.organisation_id)
        | Q(body=None, membership__organisation__in=dialogue.bodies.values("organisation"))
    )
    return User.objects.filter(
        Q(pk__in=team.values("user")) | Q(pk__in=held.values("membership__user")), is_active=True
    ).order_by("name", "email", "pk")


def moderated_by(user: AbstractBaseUser, *, at: datetime) -> QuerySet[Dialogue]:
    return dialogues_for(user, at=at, roles=MODERATOR_ROLES)


def version_of(voice: Contribution) -> int:
    """Number how a contribution stands, so that nobody decides on what has changed since."""
    newest = ModerationEvent.objects.filter(contribution=voice, kind__in=TURNS).aggregate(
        newest=Max("pk")
    )
    return newest["newest"] or 0


Dialogues = QuerySet[Dialogue] | list[int]


def organisations_of(dialogues: QuerySet[Dialogue]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=dialogues.order_by().values("organisation")).order_by(
        "sort_key", "pk"
    )


def queue(
    dialogues: Dialogues, wanted: Wanted, user: AbstractBaseUser
) -> "QuerySet[WithAnnotations[ModerationCase, Reports]]":
    """List what waits in some dialogues, the longest wait first."""
    cases = ModerationCase.objects.filter(closed_at=None, dialogue__in=dialogues)
    if wanted.words:
        cases = cases.filter(contribution__text__icontains=wanted.words)
    if wanted.cause:
        cases = cases.filter(cause=wanted.cause)
    if wanted.organisation:
        cases = cases.filter(dialogue__organisation__slug=wanted.organisation)
    if wanted.whose == "mine":
        cases = cases.filter(assigned_to_id=user.pk)
    elif wanted.whose == "free":
        cases = cases.filter(assigned_to=None)
    return (
        cases.select_related("contribution", "dialogue__organisation", "assigned_to")
        .annotate(reports=Count("events", filter=Q(events__kind=ModerationStep.REPORTED)))
        .order_by(wanted.order, "opened_at", "pk")
    )


def next_case(
    dialogues: Dialogues, user: AbstractBaseUser, *, skip: int = 0
) -> ModerationCase | None:
    """Give what this person reads next: promised dates first, then the longest wait."""
    return (
        ModerationCase.objects.filter(closed_at=None, dialogue__in=dialogues)
        .filter(Q(assigned_to=None) | Q(assigned_to_id=user.pk))
        .exclude(pk=skip)
        .exclude(first_decided_by_id=user.pk)
        .select_related("contribution", "dialogue")
        .order_by("due_on", "opened_at", "pk")
        .first()
    )


@dataclass(frozen=True)
class Desk:
    """A contribution as whoever decides on it has to see it."""

    voice: Contribution
    case: ModerationCase | None
    seen: int
    findings: tuple[Finding, ...]
    original: OriginalText | None
    history: tuple[ModerationEvent, ...]
    reports: tuple[ModerationEvent, ...]
    asked: str
    merge: ContributionMerge | None
    stands_for: tuple[ContributionMerge, ...]

    @property
    def found_words(self) -> list[str]:
        return list(dict.fromkeys(self.voice.text[f.start : f.end] for f in self.findings))


def get_desk(dialogue: Dialogue, contribution_id: str) -> Desk:
    """Give all that is known of a contribution of this dialogue; Http404 for any other."""
    voice = (
        Contribution.objects.filter(dialogue=dialogue, public_id=contribution_id)
        .select_related("original")
        .first()
    )
    if voice is None:
        raise Http404
    voice.dialogue = dialogue
    events = list(
        ModerationEvent.objects.filter(contribution=voice).select_related("by").order_by("pk")
    )
    case = (
        ModerationCase.objects.filter(contribution=voice, closed_at=None)
        .select_related("assigned_to", "contests", "first_decided_by")
        .first()
    )
    merges = ContributionMerge.objects.filter(undone_at=None).select_related("kept", "merged")
    return Desk(
        voice=voice,
        case=case,
        seen=max((event.pk for event in events if event.kind in TURNS), default=0),
        findings=tuple(personal_data(voice.text)),
        original=getattr(voice, "original", None),
        history=tuple(event for event in events if event.kind != ModerationStep.REPORTED),
        reports=tuple(event for event in events if event.kind == ModerationStep.REPORTED),
        asked=next((e.words for e in reversed(events) if e.kind == ModerationStep.ASKED), ""),
        merge=merges.filter(merged=voice).first(),
        stands_for=tuple(merges.filter(kept=voice).order_by("pk")),
    )


def usual_wait(dialogue: Dialogue) -> timedelta | None:
    """Give the median wait of the last ones that were read, where there are enough to tell."""
    waited = (
        ModerationCase.objects.filter(
            dialogue=dialogue,
            cause__in=(CaseCause.STRICT, CaseCause.PERSONAL_DATA),
            closed_by__isnull=False,
        )
        .order_by("-closed_at")
        .values_list("opened_at", "closed_at")[:COUNTED]
    )
    waits = [(closed - opened).total_seconds() for opened, closed in waited if closed is not None]
    return timedelta(seconds=median(waits)) if len(waits) >= ENOUGH else None


def decisions_of(dialogue: Dialogue) -> QuerySet[ModerationEvent]:
    """List every step of the moderation in a dialogue, for the record."""
    return (
        ModerationEvent.objects.filter(contribution__dialogue=dialogue)
        .select_related("contribution", "by")
        .order_by("-pk")
    )


def get_case_in(dialogue: Dialogue, contribution_id: str) -> ModerationCase:
    """Give the open case of a contribution; Http404 where none waits."""
    case = (
        ModerationCase.objects.filter(
            dialogue=dialogue, contribution__public_id=contribution_id, closed_at=None
        )
        .select_related("dialogue")
        .first()
    )
    if case is None:
        raise Http404
    return case


def get_reportable(dialogue: Dialogue, contribution_id: str) -> Contribution:
    """Give a contribution that everybody can read; Http404 for all others."""
    voice = Contribution.objects.filter(
        dialogue=dialogue, public_id=contribution_id, state=ContributionState.PUBLISHED
    ).first()
    if voice is None:
        raise Http404
    return voice
