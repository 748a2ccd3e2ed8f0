"""Dialogues for tests: bare rows by the factories, composed worlds by the functions below."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from brygga.accounts.models import User
from brygga.core.search import trigrams_of
from brygga.core.text import sort_key
from brygga.dialogues.enums import (
    Channel,
    DialogueForm,
    DialogueState,
    DocumentKind,
    FeedsKind,
    LadderLevel,
    LegalGround,
    LogKind,
    RetentionClass,
    StepKind,
    StepState,
    TeamRole,
    Visibility,
)
from brygga.dialogues.models import (
    ChecklistItem,
    Contribution,
    Dialogue,
    Document,
    Follower,
    Insight,
    Mandate,
    Participant,
    Perspective,
    ProcessLogEntry,
    PublishedResult,
    Step,
    TeamMember,
)
from brygga.dialogues.models.document import OWNER_KIND
from brygga.dialogues.operations.moderation import put_in_queue
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory
from tests.factories.files import PictureFactory

OPENED = datetime(2026, 2, 2, 9, tzinfo=UTC)
PUBLISHED = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)

COMPLEX_STEPS = [
    StepKind.PREPARATION,
    StepKind.PERSPECTIVES,
    StepKind.DIALOGUE,
    StepKind.PROPOSALS,
    StepKind.DECISION,
    StepKind.IMPLEMENTATION,
    StepKind.CAPACITY,
]
PLAIN_STEPS = [StepKind.BEFORE, StepKind.DURING, StepKind.AFTER]
FOR_RESIDENTS = {
    StepKind.PERSPECTIVES,
    StepKind.DIALOGUE,
    StepKind.PROPOSALS,
    StepKind.IMPLEMENTATION,
    StepKind.DURING,
}


class DialogueFactory(DjangoModelFactory):
    """A draft without steps or mandate."""

    class Meta:
        model = Dialogue

    organisation = factory.SubFactory(OrganisationFactory)
    title = factory.Sequence(lambda number: f"Byskolan {number}")
    slug = factory.Sequence(lambda number: f"byskolan-{number}")
    sort_key = factory.LazyAttribute(lambda dialogue: sort_key(dialogue.title))
    summary = "Ska skolan i Sjöviken vara kvar?"
    search_trigrams = factory.LazyAttribute(lambda dialogue: trigrams_of(dialogue.title))
    form = DialogueForm.COMPLEX
    created_at = OPENED


class StepFactory(DjangoModelFactory):
    class Meta:
        model = Step

    dialogue = factory.SubFactory(DialogueFactory)
    kind = StepKind.PREPARATION
    position = 1


class ChecklistItemFactory(DjangoModelFactory):
    class Meta:
        model = ChecklistItem

    step = factory.SubFactory(StepFactory)
    code = factory.Sequence(lambda number: f"point-{number}")
    role = TeamRole.PROCESS_LEADER


class ProcessLogEntryFactory(DjangoModelFactory):
    class Meta:
        model = ProcessLogEntry

    dialogue = factory.SubFactory(DialogueFactory)
    at = NOW
    kind = LogKind.CHOICE
    text = factory.Sequence(lambda number: f"Vi valde väg {number}")


class MandateFactory(DjangoModelFactory):
    """A mandate that holds for a dialogue that feeds a decision."""

    class Meta:
        model = Mandate

    dialogue = factory.SubFactory(DialogueFactory)
    commissioner = "Barn- och utbildningsnämnden"
    steering_group = "Ordföranden och en ledamot från varje parti"
    fixed_by_law = "Skollagen gäller."
    fixed_by_money = "Budgeten för 2027 är 4 miljoner kronor."
    fixed_by_decisions = "Skolplanen från 2024 gäller."
    resources = "En processledare på halvtid"
    open_to_influence = "Hur undervisningen ordnas, och vad huset används till"
    issue_is_open = True
    deciders_are_open = True
    ladder_level = LadderLevel.DIALOGUE
    feeds = FeedsKind.DECISION
    feeds_what = "Beslut om skolorna i Sjöviken"
    feeds_body = factory.LazyAttribute(
        lambda mandate: BodyFactory(organisation=mandate.dialogue.organisation)
    )
    feeds_on = date(2026, 11, 12)
    feedback_promise = "Nämnden svarar på varje förslag."
    feedback_on = date(2026, 12, 1)
    feedback_owner = factory.SubFactory(UserFactory)
    start_body = factory.SelfAttribute("feeds_body")
    start_on = date(2026, 1, 20)
    start_dnr = "BUN 2026/12"
    children_concerned = True
    children_heard = "Eleverna intervjuas i små grupper."
    information_text = "Det du skriver blir en allmän handling."
    assessment_reference = "BUN 2026/13"
    legal_ground = LegalGround.PUBLIC_TASK
    retention_class = RetentionClass.KEEP


class TeamMemberFactory(DjangoModelFactory):
    class Meta:
        model = TeamMember

    dialogue = factory.SubFactory(DialogueFactory)
    user = factory.SubFactory(UserFactory)
    role = TeamRole.PROCESS_LEADER
    starts_on = date(2026, 1, 1)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    dialogue = factory.SubFactory(DialogueFactory)
    secret_hash = factory.Sequence(lambda number: f"{number:064x}")
    joined_at = NOW


class FollowerFactory(DjangoModelFactory):
    """Somebody who has asked to follow and not yet confirmed."""

    class Meta:
        model = Follower

    dialogue = factory.SubFactory(DialogueFactory)
    email = factory.Sequence(lambda number: f"follower{number}@example.test")
    secret_hash = factory.Sequence(lambda number: f"{number:064x}")
    asked_at = NOW


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = Contribution
        skip_postgeneration_save = True

    dialogue = factory.SubFactory(DialogueFactory)
    channel = Channel.WEB
    text = factory.Sequence(lambda number: f"Bussen går för sällan, säger röst {number}.")
    received_at = NOW

    @factory.post_generation
    def queue(self, create, _given):
        """What waits stands in the queue, as it does when an operation takes it in."""
        if create:
            put_in_queue([self], at=self.received_at)


class PerspectiveFactory(DjangoModelFactory):
    class Meta:
        model = Perspective

    dialogue = factory.SubFactory(DialogueFactory)
    title = factory.Sequence(lambda number: f"Skolan håller ihop byn {number}")
    created_at = NOW


class PublishedResultFactory(DjangoModelFactory):
    class Meta:
        model = PublishedResult

    dialogue = factory.SubFactory(DialogueFactory)
    tool = "perspectives"
    title = "Karta över åsikterna"
    method = "classic"
    method_version = "1"
    numbers = factory.LazyFunction(lambda: {"participants": 40})
    published_at = NOW


class InsightFactory(DjangoModelFactory):
    """A draft that cites nothing yet."""

    class Meta:
        model = Insight

    dialogue = factory.SubFactory(DialogueFactory)
    text = factory.Sequence(lambda number: f"Många oroar sig för skolvägen {number}")
    created_at = NOW


def dialogue_in(
    kind: StepKind = StepKind.PREPARATION,
    state: DialogueState = DialogueState.PUBLISHED,
    visibility: Visibility = Visibility.PUBLIC,
    **fields: object,
) -> Dialogue:
    """Make a dialogue that stands in the step `kind`, with a mandate that holds and an owner."""
    is_complex = kind in COMPLEX_STEPS
    fields.setdefault("form", DialogueForm.COMPLEX if is_complex else DialogueForm.SIMPLE)
    if state != DialogueState.DRAFT:
        fields.setdefault("published_at", PUBLISHED)
    if state == DialogueState.INFORMATION:
        fields.setdefault("information_reason", "Nämnden har redan beslutat.")
    if state == DialogueState.CANCELLED:
        fields.setdefault("cancel_reason", "Frågan avgjordes i domstol.")
        fields.setdefault("cancel_feedback", "Tack. Detta händer nu.")
    dialogue = DialogueFactory(state=state, visibility=visibility, **fields)
    kinds = COMPLEX_STEPS if is_complex else PLAIN_STEPS
    here = kinds.index(kind)
    for index, step_kind in enumerate(kinds):
        StepFactory(
            dialogue=dialogue,
            kind=step_kind,
            position=index + 1,
            state=(
                StepState.DONE
                if index < here
                else StepState.CURRENT
                if index == here
                else StepState.COMING
            ),
            residents_take_part=step_kind in FOR_RESIDENTS,
        )
    mandate = MandateFactory(dialogue=dialogue)
    dialogue.bodies.add(mandate.feeds_body)
    return dialogue


def team_member(dialogue: Dialogue, role: TeamRole = TeamRole.PROCESS_LEADER) -> User:
    """Make somebody who holds the role in the dialogue's team, and give the person."""
    return TeamMemberFactory(dialogue=dialogue, role=role).user


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    dialogue = factory.SubFactory(DialogueFactory)
    file = factory.SubFactory(PictureFactory, owner_kind=OWNER_KIND)
    title = factory.Sequence(lambda number: f"Torget i bild {number}")
    kind = DocumentKind.PICTURE
    is_public = True
    added_at = NOW
