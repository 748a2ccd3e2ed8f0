from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.forms.workspace import AccentForm, BodyForm, LogoForm, posted
from brygga.accounts.models import Organisation
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.organisations import (
    create_body,
    set_logo,
    update_body,
    update_organisation,
)
from brygga.accounts.views.workspace import show


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    context = {
        "organisations": queries.organisations_of(request.user),
        "people": queries.people_by_municipality(request.user),
    }
    return render(request, "accounts/organisations.html", context)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    found = queries.get_organisation_for(request.user, slug, Permission.SEE_ORGANISATION, day)
    return show(
        request,
        "accounts/organisation.html",
        found,
        day,
        own_roles=queries.roles_of(queries.signed_in(request), found, day),
        bodies=queries.bodies_in_force(found, day),
        number_of_people=queries.number_of_people(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    found = queries.get_organisation_for(request.user, slug, Permission.UPDATE_ORGANISATION, day)
    form = AccentForm(posted(request), organisation=found)
    if form.is_valid():
        try:
            update_organisation(
                organisation=found,
                accent=form.cleaned_data["accent"],
                by=queries.signed_in(request),
                at=timezone.now(),
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("accounts:organisation", slug)
    return _edit_page(request, found, day, form, LogoForm(has_logo=bool(found.logo)))


@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    found = queries.get_organisation_for(request.user, slug, Permission.UPDATE_ORGANISATION, day)
    form = LogoForm(posted(request), request.FILES or None, has_logo=bool(found.logo))
    if form.is_valid():
        set_logo(
            organisation=found,
            checked=form.cleaned_data["logo"],
            by=queries.signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("Saved."))
        return redirect("accounts:edit_organisation", slug)
    return _edit_page(request, found, day, AccentForm(organisation=found), form)


def _edit_page(
    request: HttpRequest, found: Organisation, day: date, form: AccentForm, logo_form: LogoForm
) -> HttpResponse:
    template = "accounts/organisation_edit.html"
    return show(request, template, found, day, form=form, logo_form=logo_form)


@require_safe
def bodies(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    found = queries.get_organisation_for(request.user, slug, Permission.SEE_ORGANISATION, day)
    return show(request, "accounts/bodies.html", found, day, bodies=queries.bodies_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def new_body(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    found = queries.get_organisation_for(request.user, slug, Permission.MANAGE_BODIES, day)
    form = BodyForm(posted(request))
    if form.is_valid():
        try:
            body = create_body(
                organisation=found,
                facts=form.facts(),
                by=queries.signed_in(request),
                at=timezone.now(),
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("%(name)s is added.") % {"name": body.name})
            return redirect("accounts:bodies", slug)
    return show(request, "accounts/body_edit.html", found, day, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_body(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    body = queries.get_body_for(request.user, slug, public_id, Permission.MANAGE_BODIES, day)
    form = BodyForm(posted(request), body=body)
    if form.is_valid():
        try:
            update_body(
                body=body, facts=form.facts(), by=queries.signed_in(request), at=timezone.now()
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("accounts:bodies", slug)
    return show(request, "accounts/body_edit.html", body.organisation, day, body=body, form=form)
