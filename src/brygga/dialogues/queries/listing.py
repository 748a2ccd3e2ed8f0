"""Finding a dialogue: what a reader may see, searched, filtered and sorted."""

from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import OrderBy

from brygga.accounts.models import Body, Organisation
from brygga.core.search import find
from brygga.core.spelling import snippets
from brygga.dialogues.enums import AFTER_THE_DECISION, DialogueState, StepState
from brygga.dialogues.models import Dialogue, Step, Theme
from brygga.dialogues.queries.access import Reader, public_dialogues

PHASES = ("take_part", "going_on", "decided", "cancelled")
ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "latest": ("-published_at", "pk"),
    "title": ("sort_key", "pk"),
    "decision": (F("mandate__feeds_on").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for; what is empty does not narrow the list."""

    words: str = ""
    organisation: str = ""
    theme: str = ""
    phase: str = ""
    form: str = ""
    order: str = ""

    @property
    def is_narrow(self) -> bool:
        return any((self.words, self.organisation, self.theme, self.phase, self.form))

    @property
    def has_more(self) -> bool:
        """Tell whether a choice is made among those that are folded away at first."""
        return any((self.theme, self.phase, self.form, self.order))


def list_dialogues(reader: Reader, wanted: Wanted) -> QuerySet[Dialogue]:
    """Give the dialogues, each with where it stands (`step_kind`, `step_last_day`)."""
    dialogues = snippets(with_step(public_dialogues(reader)), wanted.words, field="summary")
    if wanted.organisation:
        owned = Dialogue.objects.filter(bodies__organisation__slug=wanted.organisation)
        dialogues = dialogues.filter(
            Q(organisation__slug=wanted.organisation) | Q(pk__in=owned.values("pk"))
        )
    if wanted.theme:
        dialogues = dialogues.filter(themes__code=wanted.theme)
    if wanted.form:
        dialogues = dialogues.filter(form=wanted.form)
    dialogues = in_phase(dialogues, wanted.phase)
    if wanted.words and not wanted.order:
        return find(dialogues.order_by(), wanted.words)
    return find(dialogues, wanted.words).order_by(*ORDERS[wanted.order or "latest"])


def in_phase(dialogues: QuerySet[Dialogue], phase: str) -> QuerySet[Dialogue]:
    decided = Q(state=DialogueState.CLOSED) | Q(step_kind__in=AFTER_THE_DECISION)
    open_now = Q(state__in=[DialogueState.PUBLISHED, DialogueState.INFORMATION])
    narrowing = {
        "take_part": Q(state=DialogueState.PUBLISHED, step_for_residents=True),
        "going_on": open_now & ~Q(step_kind__in=AFTER_THE_DECISION),
        "decided": decided,
        "cancelled": Q(state=DialogueState.CANCELLED),
    }
    return dialogues.filter(narrowing[phase]) if phase else dialogues


def with_step(dialogues: QuerySet[Dialogue]) -> QuerySet[Dialogue]:
    current = Step.objects.filter(dialogue=OuterRef("pk"), state=StepState.CURRENT)
    return (
        dialogues.select_related("organisation", "mandate__feeds_body")
        .defer("search", "search_trigrams", "background")
        .annotate(
            step_kind=Subquery(current.values("kind")[:1]),
            step_last_day=Subquery(current.values("last_day")[:1]),
            step_for_residents=Subquery(current.values("residents_take_part")[:1]),
            is_followed_up=ExpressionWrapper(
                Q(step_kind__in=AFTER_THE_DECISION), output_field=BooleanField()
            ),
        )
    )


def organisations_with_dialogues(reader: Reader) -> QuerySet[Organisation]:
    readable = public_dialogues(reader).order_by()
    joint = Body.objects.filter(dialogues__in=readable, organisation=OuterRef("pk"))
    return Organisation.objects.filter(
        Exists(readable.filter(organisation=OuterRef("pk"))) | Exists(joint)
    ).order_by("sort_key", "pk")


def themes_with_dialogues(reader: Reader) -> QuerySet[Theme]:
    readable = public_dialogues(reader).order_by()
    return Theme.objects.filter(pk__in=readable.values("themes")).order_by("code")
