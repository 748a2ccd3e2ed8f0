from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.exports import PEOPLE, people_to_export
from brygga.accounts.forms.workspace import (
    AssignRoleForm,
    ConfirmForm,
    EndRoleForm,
    PeopleFilterForm,
    posted,
)
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.people import assign_role, end_membership, end_role
from brygga.accounts.views.workspace import show
from brygga.core.exports import export_file, wanted_format
from brygga.core.ui.sorting import Sorting

PEOPLE_ON_A_PAGE = 25


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponseBase:
    day = timezone.localdate()
    organisation = queries.get_organisation_for(
        request.user, slug, Permission.SEE_ORGANISATION, day
    )
    filters = PeopleFilterForm(request.GET)
    search, role = filters.chosen()
    sorting = Sorting.asked_for(request, queries.PEOPLE_ORDERS, "name")
    found = queries.people_of(organisation, day=day, search=search, role=role, sorting=sorting)
    if form_of_file := wanted_format(request):
        rows = people_to_export(found, day=day)
        return export_file(form_of_file, PEOPLE, rows, about=organisation.slug, day=day)
    return show(
        request,
        "accounts/people.html",
        organisation,
        day,
        filters=filters,
        is_filtered=bool(search or role),
        sorting=sorting,
        page=Paginator(found, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page")),
    )


@require_safe
def person(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    membership = queries.get_membership_for(
        request.user, slug, public_id, Permission.SEE_ORGANISATION, day
    )
    return show(
        request,
        "accounts/person.html",
        membership.organisation,
        day,
        membership=membership,
        roles=queries.all_roles(membership),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give_role(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    membership = queries.get_membership_for(
        request.user, slug, public_id, Permission.ASSIGN_ROLES, day
    )
    form = AssignRoleForm(posted(request), membership=membership, day=day)
    if form.is_valid():
        try:
            assign_role(
                membership=membership,
                term=form.term(),
                by=queries.signed_in(request),
                at=timezone.now(),
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("The role is given."))
            return redirect("accounts:person", slug, public_id)
    return show(
        request,
        "accounts/give_role.html",
        membership.organisation,
        day,
        membership=membership,
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop_role(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    assignment = queries.get_role_for(request.user, slug, public_id, Permission.ASSIGN_ROLES, day)
    membership = assignment.membership
    form = EndRoleForm(posted(request), assignment=assignment, day=day)
    if form.is_valid():
        try:
            end_role(
                assignment=assignment,
                last_day=form.cleaned_data["last_day"],
                by=queries.signed_in(request),
                at=timezone.now(),
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("The role has got its last day."))
            return redirect("accounts:person", slug, membership.public_id)
    return show(
        request,
        "accounts/end_role.html",
        membership.organisation,
        day,
        assignment=assignment,
        form=form,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stop_membership(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    membership = queries.get_membership_for(
        request.user, slug, public_id, Permission.ASSIGN_ROLES, day
    )
    form = ConfirmForm(posted(request))
    if form.is_valid():
        try:
            end_membership(membership=membership, by=queries.signed_in(request), at=timezone.now())
        except RefusalError as error:
            form.refuse(error)
        else:
            gone = gettext("%(name)s is no longer a member.") % {"name": membership.user}
            messages.success(request, gone)
            return redirect("accounts:people", slug)
    return show(
        request,
        "accounts/end_membership.html",
        membership.organisation,
        day,
        membership=membership,
        form=form,
    )
