from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brygga.core.mail.enums import NEEDS_A_PERSON, WAITING, State
from brygga.core.mail.kinds import label_of
from brygga.core.mail.models import Message, MessageQuerySet
from brygga.core.mail.rules import may_see_health
from brygga.core.registry import Person, TodayItem
from brygga.core.text import sort_key

SHOWN = 50
LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True)
class StateCount:
    state: State
    count: int


@dataclass(frozen=True)
class KindCounts:
    """How the letters of one kind fare, in the order of State."""

    label: str
    counts: list[StateCount]


@dataclass(frozen=True)
class Health:
    kinds: list[KindCounts]
    together: list[StateCount]
    oldest_due_at: datetime | None
    is_late: bool
    for_a_person: list[Message]
    latest_fault: Message | None

    @property
    def is_well(self) -> bool:
        return not self.is_late and not self.for_a_person


def check_may_see_health(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> None:
    if not may_see_health(user, localdate(at)):
        raise Http404


def get_health_for(user: AbstractBaseUser | AnonymousUser, *, at: datetime) -> Health:
    check_may_see_health(user, at=at)
    rows = list(
        Message.objects.values_list("kind", "state").annotate(Count("pk")).order_by("kind", "state")
    )
    due = Message.objects.filter(state__in=WAITING, due_at__lte=at)
    oldest_due_at = due.order_by("due_at").values_list("due_at", flat=True).first()
    return Health(
        kinds=_by_kind(rows),
        together=_together(rows),
        oldest_due_at=oldest_due_at,
        is_late=oldest_due_at is not None and oldest_due_at < at - LATE_AFTER,
        for_a_person=list(_for_a_person()[:SHOWN]),
        latest_fault=_latest_fault(),
    )


def _latest_fault() -> Message | None:
    faulty = Message.objects.filter(last_error_at__isnull=False)
    return faulty.order_by("-last_error_at", "-pk").first()


def _for_a_person() -> MessageQuerySet:
    waiting = Message.objects.filter(state__in=NEEDS_A_PERSON, emptied_at__isnull=True)
    return waiting.order_by("due_at", "pk")


def today_items(user: AbstractBaseUser, at: datetime) -> Iterator[TodayItem]:
    """Tell those who run the installation that letters wait for them."""
    if not may_see_health(user, localdate(at)):
        return
    count = _for_a_person().count()
    if count:
        yield TodayItem(
            title=ngettext(
                "%(count)d letter waits for you", "%(count)d letters wait for you", count
            )
            % {"count": count},
            why=_("It is uncertain whether they have arrived, or they could not be sent."),
            url=reverse("mail:health"),
            due_at=None,
        )


def _together(rows: Iterable[tuple[str, str, int]]) -> list[StateCount]:
    counts: Counter[str] = Counter()
    for _any, state, count in rows:
        counts[state] += count
    return _in_order(counts)


def _by_kind(rows: Iterable[tuple[str, str, int]]) -> list[KindCounts]:
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, state, count in rows:
        kinds[kind][state] = count
    found = [KindCounts(label_of(kind), _in_order(counts)) for kind, counts in kinds.items()]
    return sorted(found, key=lambda counts: sort_key(counts.label))


def _in_order(counts: Counter[str]) -> list[StateCount]:
    return [StateCount(state, counts[state]) for state in State]


def export_person(person: Person) -> dict[str, object]:
    """Give the letters to an address; for one organisation none, since letters know of none."""
    if not person.email or person.organisation_id is not None:
        return {}
    letters = Message.objects.filter(recipient__iexact=person.email).order_by("created_at", "pk")
    return {
        "letters": [
            {
                "kind": letter.kind_label,
                "subject": letter.subject,
                "asked": letter.created_at.isoformat(),
                "state": str(letter.get_state_display()),
                "text": letter.body_text,
            }
            for letter in letters.exclude(recipient="")
        ]
    }
