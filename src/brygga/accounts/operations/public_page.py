"""Writing what an organisation tells of how it works with dialogue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from brygga.accounts.models import (
    Body,
    DialogueFunction,
    Organisation,
    OrganisationPage,
    Principles,
    User,
)
from brygga.accounts.operations.errors import ForeignBodyError, RefusalError
from brygga.core.audit.operations import record

KEPT_FOR = timedelta(days=1)  # what was taken away, in case somebody thinks again
Row = TypeVar("Row", bound=Model)


class ChangedMeanwhileError(RefusalError):
    """Somebody else saved between the opening of the form and its sending."""

    reason = _(
        "Somebody else has saved this since you opened it. Your text is still here. Compare it "
        "with what is saved now, and save again if yours is to replace it."
    )

    def __init__(self, version: int) -> None:
        super().__init__()
        self.version = version


class DecisionMissingError(RefusalError):
    reason = _("Principles are published with their text, the body, the day and the number.")


class NoDraftError(RefusalError):
    reason = _("There is no draft to publish.")


class FunctionGoneError(RefusalError):
    reason = _("Somebody took it away while you wrote. Your text is still here.")


class FunctionTakenError(RefusalError):
    reason = _("There is already a function with that title.")
    field = "title"


@dataclass(frozen=True)
class PageFacts:
    lead: str = ""
    desk_name: str = ""
    desk_email: str = ""
    desk_phone: str = ""
    protection_name: str = ""
    protection_email: str = ""


@dataclass(frozen=True)
class PrinciplesFacts:
    text: str
    body: Body | None = None
    adopted_on: date | None = None
    dnr: str = ""


@dataclass(frozen=True)
class FunctionFacts:
    title: str
    does: str
    person: str = ""
    position: int = 1


@transaction.atomic
def save_page(
    *, organisation: Organisation, facts: PageFacts, version: int, by: User, at: datetime
) -> OrganisationPage:
    """Save the page; `version` is the one that was opened, 0 where there was none."""
    _lock(organisation)
    page = OrganisationPage.objects.filter(organisation=organisation).first()
    if (page.version if page else 0) != version:
        raise ChangedMeanwhileError(page.version if page else 0)
    page = page or OrganisationPage(organisation=organisation, version=0)
    changed = write(page, vars(facts))
    page.version += 1
    page.save()
    record(action="page.saved", subject=organisation, by=by, at=at, fields=changed)
    return page


@transaction.atomic
def publish_page(*, organisation: Organisation, by: User, at: datetime) -> None:
    _lock(organisation)
    page, _new = OrganisationPage.objects.get_or_create(organisation=organisation)
    if page.published_at is None:
        page.published_at = at
        page.save(update_fields=["published_at"])
        record(action="page.published", subject=organisation, by=by, at=at)


@transaction.atomic
def withdraw_page(*, organisation: Organisation, by: User, at: datetime) -> None:
    _lock(organisation)
    if OrganisationPage.objects.filter(
        organisation=organisation, published_at__isnull=False
    ).update(published_at=None):
        record(action="page.withdrawn", subject=organisation, by=by, at=at)


@transaction.atomic
def save_principles(
    *, organisation: Organisation, facts: PrinciplesFacts, version: int, by: User, at: datetime
) -> Principles:
    """Save the one draft; `version` is the one that was opened, 0 where there was none."""
    _lock(organisation)
    if facts.body and facts.body.organisation_id != organisation.pk:
        raise ForeignBodyError
    draft = draft_of(organisation)
    if (draft.version if draft else 0) != version:
        raise ChangedMeanwhileError(draft.version if draft else 0)
    if draft is None:
        last = Principles.objects.filter(organisation=organisation).aggregate(Max("number"))
        number = (last["number__max"] or 0) + 1
        draft = Principles(organisation=organisation, number=number, version=0)
    changed = write(draft, vars(facts))
    draft.version += 1
    draft.save()
    record(action="principles.saved", subject=draft, by=by, at=at, fields=changed)
    return draft


@transaction.atomic
def publish_principles(*, organisation: Organisation, by: User, at: datetime) -> Principles:
    """Publish the draft as the principles in force; the earlier ones stay readable."""
    _lock(organisation)
    draft = draft_of(organisation)
    if draft is None:
        raise NoDraftError
    if not (draft.text and draft.body and draft.adopted_on and draft.dnr):
        raise DecisionMissingError
    draft.published_at, draft.published_by = at, by
    draft.save(update_fields=["published_at", "published_by"])
    record(action="principles.published", subject=draft, by=by, at=at)
    return draft


@transaction.atomic
def save_function(
    *,
    organisation: Organisation,
    function: DialogueFunction | None,
    facts: FunctionFacts,
    by: User,
    at: datetime,
) -> DialogueFunction:
    if function:
        here = DialogueFunction.objects.select_for_update().filter(removed_at=None)
        function = here.filter(pk=function.pk).first()
        if function is None:
            raise FunctionGoneError
    else:
        function = DialogueFunction(organisation=organisation)
    changed = write(function, vars(facts))
    try:
        with transaction.atomic():
            function.save()
    except IntegrityError as error:
        raise FunctionTakenError from error
    record(action="function.saved", subject=function, by=by, at=at, fields=changed)
    return function


@transaction.atomic
def remove_function(*, function: DialogueFunction, by: User, at: datetime) -> None:
    """Take it off the page at once; it is kept for a day, so that one can think again."""
    if DialogueFunction.objects.filter(pk=function.pk, removed_at=None).update(removed_at=at):
        record(action="function.removed", subject=function, by=by, at=at)


@transaction.atomic
def put_function_back(*, function: DialogueFunction, by: User, at: datetime) -> None:
    """Show it again. Raises FunctionTakenError where another has its title by now."""
    function = DialogueFunction.objects.select_for_update().get(pk=function.pk)
    function.removed_at = None
    try:
        with transaction.atomic():
            function.save(update_fields=["removed_at"])
    except IntegrityError as error:
        raise FunctionTakenError from error
    record(action="function.put_back", subject=function, by=by, at=at)


def forget_removed(*, at: datetime) -> int:
    gone, _ = DialogueFunction.objects.filter(removed_at__lt=at - KEPT_FOR).delete()
    return gone


def draft_of(organisation: Organisation) -> Principles | None:
    return Principles.objects.filter(organisation=organisation, published_at=None).first()


def write(row: Row, values: dict[str, object]) -> list[str]:
    """Set the values on the row, and name those that changed."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _lock(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
