"""What an organisation tells of itself, for those who read it and those who write it."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from brygga.accounts.enums import Permission
from brygga.accounts.models import (
    DialogueFunction,
    Organisation,
    OrganisationPage,
    Principles,
)
from brygga.accounts.queries import Reader
from brygga.accounts.rules import may


def get_organisation(slug: str) -> Organisation:
    """Give an organisation to anybody: its name is no secret."""
    organisation = (
        Organisation.objects.select_related("public_page", "logo").filter(slug=slug).first()
    )
    if organisation is None:
        raise Http404
    return organisation


def page_of(organisation: Organisation) -> OrganisationPage | None:
    return OrganisationPage.objects.filter(organisation=organisation).first()


def published_page_of(organisation: Organisation) -> OrganisationPage | None:
    page = page_of(organisation)
    return page if page and page.published_at else None


def principles_of(organisation: Organisation) -> QuerySet[Principles]:
    """List the published principles, those in force first."""
    published = Principles.objects.filter(organisation=organisation, published_at__isnull=False)
    return published.select_related("body").order_by("-number")


def get_principles(organisation: Organisation, number: int) -> Principles:
    found = principles_of(organisation).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def functions_of(organisation: Organisation) -> QuerySet[DialogueFunction]:
    return organisation.dialogue_functions.filter(removed_at=None).order_by("position", "pk")


def get_function_for(user: Reader, slug: str, public_id: str, day: date) -> DialogueFunction:
    function = (
        DialogueFunction.objects.select_related("organisation")
        .filter(organisation__slug=slug, public_id=public_id, removed_at=None)
        .first()
    )
    if function is None or not may(user, Permission.EDIT_PAGE, function.organisation, day):
        raise Http404
    return function


def telling() -> Q:
    """Choose the organisations that have published something of their own."""
    return Q(public_page__published_at__isnull=False) | Q(
        pk__in=Principles.objects.filter(published_at__isnull=False).values("organisation")
    )
