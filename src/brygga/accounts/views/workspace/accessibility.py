"""The organisation's accessibility statement, and the queue of those who met obstacles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.forms.accessibility import (
    AnswerForm,
    ReportFilterForm,
    ShortcomingForm,
    StatementForm,
)
from brygga.accounts.forms.workspace import posted
from brygga.accounts.models import AccessibilityShortcoming, Organisation
from brygga.accounts.operations import accessibility as operations
from brygga.accounts.queries import accessibility as statements
from brygga.accounts.views.workspace import show, written
from brygga.core.ui.paging import page_of

PER_PAGE = 25


def ours(request: HttpRequest, slug: str) -> Organisation:
    day = timezone.localdate()
    return queries.get_organisation_for(request.user, slug, Permission.ANSWER_ACCESSIBILITY, day)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = ours(request, slug)
    form = StatementForm(posted(request), statement=statements.statement_of(organisation))
    if written(
        request,
        form,
        lambda: operations.save_statement(
            organisation=organisation,
            facts=form.facts(),
            version=form.opened(),
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("Saved. Everybody can read it now."),
    ):
        return redirect("accounts:statement", slug)
    day = timezone.localdate()
    told = statements.told_by(organisation)
    return show(request, "accounts/statement.html", organisation, day, form=form, told=told)


@require_http_methods(["GET", "HEAD", "POST"])
def new_shortcoming(request: HttpRequest, slug: str) -> HttpResponse:
    return _shortcoming(request, ours(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_shortcoming(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    found = statements.get_shortcoming_for(request.user, slug, public_id, day)
    return _shortcoming(request, found.organisation, found)


def _shortcoming(
    request: HttpRequest, organisation: Organisation, found: AccessibilityShortcoming | None
) -> HttpResponse:
    form = ShortcomingForm(posted(request), shortcoming=found)
    if written(
        request,
        form,
        lambda: operations.save_shortcoming(
            organisation=organisation,
            shortcoming=found,
            facts=form.facts(),
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("Saved. Everybody can read it now."),
    ):
        return redirect("accounts:statement", organisation.slug)
    more = {"form": form, "shortcoming": found}
    day = timezone.localdate()
    return show(request, "accounts/shortcoming_edit.html", organisation, day, **more)


@require_safe
def obstacles(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = ours(request, slug)
    form = ReportFilterForm(request.GET)
    page = page_of(request, statements.reports_of(organisation, **form.chosen()), PER_PAGE)
    day = timezone.localdate()
    more = {"form": form, "page": page, "is_narrow": any(form.chosen().values())}
    return show(request, "accounts/obstacles.html", organisation, day, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    found = statements.get_report_for(request.user, slug, public_id, day)
    form = AnswerForm(posted(request))
    if written(
        request,
        form,
        lambda: operations.answer_report(
            report=found,
            answer=form.cleaned_data["answer"],
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("Answered."),
    ):
        return redirect("accounts:obstacles", slug)
    more = {"form": form, "report": found}
    return show(request, "accounts/obstacle.html", found.organisation, day, **more)
