"""Writing the organisation's page "Så arbetar vi med dialog"."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.forms.public_page import FunctionForm, PageForm, PrinciplesForm
from brygga.accounts.forms.workspace import posted
from brygga.accounts.models import DialogueFunction, Organisation
from brygga.accounts.operations import public_page as operations
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.undoing import REMOVED
from brygga.accounts.queries import public_page as pages
from brygga.accounts.views.workspace import show, written
from brygga.core.undo.offers import say_with_undo


def ours(request: HttpRequest, slug: str) -> Organisation:
    day = timezone.localdate()
    return queries.get_organisation_for(request.user, slug, Permission.EDIT_PAGE, day)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = ours(request, slug)
    return show(
        request,
        "accounts/page.html",
        organisation,
        timezone.localdate(),
        page=pages.page_of(organisation),
        draft=operations.draft_of(organisation),
        principles=pages.principles_of(organisation),
        functions=pages.functions_of(organisation),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = ours(request, slug)
    form = PageForm(posted(request), page=pages.page_of(organisation))
    if written(
        request,
        form,
        lambda: operations.save_page(
            organisation=organisation,
            facts=form.facts(),
            version=form.opened(),
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("Saved."),
    ):
        return redirect("accounts:page", slug)
    day = timezone.localdate()
    return show(request, "accounts/page_edit.html", organisation, day, form=form)


@require_POST
def publish_page(request: HttpRequest, slug: str) -> HttpResponse:
    by, at = queries.signed_in(request), timezone.now()
    operations.publish_page(organisation=ours(request, slug), by=by, at=at)
    messages.success(request, gettext("Published. Everybody can read it now."))
    return redirect("accounts:page", slug)


@require_POST
def withdraw_page(request: HttpRequest, slug: str) -> HttpResponse:
    by, at = queries.signed_in(request), timezone.now()
    operations.withdraw_page(organisation=ours(request, slug), by=by, at=at)
    messages.success(request, gettext("It is a draft again. Only you who write it see it."))
    return redirect("accounts:page", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_principles(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = ours(request, slug)
    draft = operations.draft_of(organisation)
    form = PrinciplesForm(posted(request), organisation=organisation, draft=draft)
    if written(
        request,
        form,
        lambda: operations.save_principles(
            organisation=organisation,
            facts=form.facts(),
            version=form.opened(),
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("The draft is saved. Nobody else sees it yet."),
    ):
        return redirect("accounts:page", slug)
    day = timezone.localdate()
    return show(request, "accounts/principles_edit.html", organisation, day, form=form)


@require_POST
def publish_principles(request: HttpRequest, slug: str) -> HttpResponse:
    by, at = queries.signed_in(request), timezone.now()
    try:
        operations.publish_principles(organisation=ours(request, slug), by=by, at=at)
    except RefusalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("Published. The earlier principles stay readable."))
    return redirect("accounts:page", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def new_function(request: HttpRequest, slug: str) -> HttpResponse:
    return _function(request, ours(request, slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_function(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    function = pages.get_function_for(request.user, slug, public_id, day)
    return _function(request, function.organisation, function)


def _function(
    request: HttpRequest, organisation: Organisation, function: DialogueFunction | None
) -> HttpResponse:
    form = FunctionForm(posted(request), function=function)
    if written(
        request,
        form,
        lambda: operations.save_function(
            organisation=organisation,
            function=function,
            facts=form.facts(),
            by=queries.signed_in(request),
            at=timezone.now(),
        ),
        gettext("Saved."),
    ):
        return redirect("accounts:page", organisation.slug)
    more = {"form": form, "function": function}
    day = timezone.localdate()
    return show(request, "accounts/function_edit.html", organisation, day, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_function(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Ask before it is taken off the page, and offer to take that back."""
    day = timezone.localdate()
    function = pages.get_function_for(request.user, slug, public_id, day)
    if request.method != "POST":
        template = "accounts/function_remove.html"
        return show(request, template, function.organisation, day, function=function)
    by, at = queries.signed_in(request), timezone.now()
    operations.remove_function(function=function, by=by, at=at)
    back = reverse("accounts:page", args=[slug])
    facts = {"organisation": slug, "function": function.public_id}
    say_with_undo(request, gettext("Taken away."), kind=REMOVED, back=back, **facts)
    return redirect(back)
