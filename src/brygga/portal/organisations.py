"""What an organisation's page shows: what it wrote, plans, does and has promised."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.http import Http404

from brygga.accounts.enums import Permission
from brygga.accounts.models import (
    Body,
    DialogueFunction,
    Organisation,
    OrganisationPage,
    Principles,
    User,
)
from brygga.accounts.queries import bodies_in_force
from brygga.accounts.queries.public_page import (
    functions_of,
    get_organisation,
    page_of,
    principles_of,
    telling,
)
from brygga.accounts.rules import may
from brygga.core.registry.promises import PromisesKept
from brygga.dialogues.models import Dialogue, YearPlan
from brygga.dialogues.queries import Reader
from brygga.dialogues.queries.listing import (
    Wanted,
    list_dialogues,
    organisations_with_dialogues,
)
from brygga.dialogues.queries.year_plan import Year, published_year
from brygga.dialogues.registry import registry


@dataclass(frozen=True)
class Telling:
    organisation: Organisation
    page: OrganisationPage | None
    is_draft: bool
    principles: list[Principles]
    functions: list[DialogueFunction]
    bodies: list[Body]
    year: Year | None
    promises: PromisesKept
    dialogues: QuerySet[Dialogue]
    wanted: Wanted


def get_telling(
    reader: Reader, slug: str, *, wanted: Wanted, year: int | None, today: date
) -> Telling:
    """Give the page. What is a draft is shown to those who write it, and to nobody else."""
    organisation = get_organisation(slug)
    page = page_of(organisation)
    is_draft = page is None or page.published_at is None
    assert isinstance(reader, User | AnonymousUser)
    writes = is_draft and may(reader, Permission.EDIT_PAGE, organisation, today)
    shown = page if page and (not is_draft or writes) else None
    public = list_dialogues(AnonymousUser(), Wanted(organisation=slug))
    telling_ = Telling(
        organisation=organisation,
        page=shown,
        is_draft=is_draft and shown is not None,
        principles=list(principles_of(organisation)),
        functions=list(functions_of(organisation)) if shown else [],
        bodies=list(bodies_in_force(organisation, today)),
        year=published_year(organisation, wanted=year, today=today),
        promises=registry.promises(public, today),
        dialogues=list_dialogues(reader, wanted),
        wanted=wanted,
    )
    if not (shown or telling_.principles or telling_.year) and not _has_dialogues(reader, slug):
        raise Http404
    return telling_


def organisations_telling(reader: Reader, words: str) -> QuerySet[Organisation]:
    """List those that have published something: a page, principles, a plan or a dialogue."""
    found = Organisation.objects.filter(
        telling()
        | Q(pk__in=YearPlan.objects.filter(published_at__isnull=False).values("organisation"))
        | Q(pk__in=organisations_with_dialogues(reader).order_by().values("pk"))
    )
    if words:
        found = found.filter(name__icontains=words)
    lead = Case(
        When(public_page__published_at__isnull=False, then=F("public_page__lead")),
        default=Value(""),
        output_field=TextField(),
    )
    return found.annotate(lead=lead).order_by("sort_key", "pk")


def _has_dialogues(reader: Reader, slug: str) -> bool:
    return list_dialogues(reader, Wanted(organisation=slug)).exists()
