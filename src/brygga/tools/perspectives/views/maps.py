"""The team's side of the map: ask for it, publish it, open its groups, let others recount it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.core.calendar import end_of_day
from brygga.core.jobs.queries import latest_under_way
from brygga.dialogues.rules import Permission
from brygga.tools.perspectives.forms import (
    ImportForm,
    PublishPackageForm,
    ReasonForm,
    ReviewerForm,
    TitleForm,
)
from brygga.tools.perspectives.models import StatementRound
from brygga.tools.perspectives.operations import maps
from brygga.tools.perspectives.operations import rounds as round_operations
from brygga.tools.perspectives.operations.jobs import MAP_JOB
from brygga.tools.perspectives.operations.uploads import ask_for_import
from brygga.tools.perspectives.queries import grants, rounds
from brygga.tools.perspectives.queries.results import result_of
from brygga.tools.perspectives.views.people import person


def round_for(request: HttpRequest, public_id: str, permission: Permission) -> StatementRound:
    return rounds.get_round_for(person(request), public_id, permission, at=timezone.now())


@require_safe
def team_map(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the team the whole result, also while it is closed to the public."""
    found = round_for(request, public_id, Permission.SEE_WORKSPACE)
    latest = rounds.latest_map(found)
    return render(
        request,
        "perspectives/workspace/map.html",
        {
            "dialogue": found.dialogue,
            "round": found,
            "opinion_map": latest,
            "job": latest_under_way(MAP_JOB, public_id),
            "result": result_of(latest, with_groups=True),
            "title_form": TitleForm(initial={"title": found.question}),
            "reason_form": ReasonForm(),
            "you": None,
        },
    )


@require_POST
def ask_for_map(request: HttpRequest, public_id: str) -> HttpResponse:
    found = round_for(request, public_id, Permission.USE_TOOLS)
    back = reverse("perspectives:map", args=[public_id])
    job = maps.ask_for_map(
        statement_round=found, back_url=back, by=person(request), at=timezone.now()
    )
    return redirect("jobs:job", job.public_id)


@require_POST
def publish_map(request: HttpRequest, public_id: str) -> HttpResponse:
    found = round_for(request, public_id, Permission.PUBLISH_INSIGHTS)
    form, latest = TitleForm(request.POST), rounds.latest_map(found)
    if latest is None or not form.is_valid():
        messages.error(request, gettext("Give the result a name first. Nothing was published."))
        return redirect("perspectives:map", public_id)
    try:
        maps.publish_map(
            opinion_map=latest,
            title=form.cleaned_data["title"],
            by=person(request),
            at=timezone.now(),
        )
    except maps.NothingToPublishError:
        messages.error(request, gettext("There are too few answers for a map to publish."))
    else:
        messages.success(request, gettext("The result is published. Insights can cite it now."))
    return redirect("perspectives:map", public_id)


@require_POST
def groups(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open the groups to the public, or close them, with a reason."""
    found = round_for(request, public_id, Permission.PUBLISH_INSIGHTS)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Say why. Nothing was changed."))
        return redirect("perspectives:map", public_id)
    change = (
        round_operations.close_groups if found.groups_opened_at else round_operations.open_groups
    )
    change(
        statement_round=found,
        reason=form.cleaned_data["reason"],
        by=person(request),
        at=timezone.now(),
    )
    messages.success(request, gettext("Saved."))
    return redirect("perspectives:map", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def read_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a Pol.is export; the job that reads it names a fault with its file and line."""
    found = round_for(request, public_id, Permission.USE_TOOLS)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = ask_for_import(
            statement_round=found,
            back_url=reverse("perspectives:read_in", args=[public_id]),
            by=person(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
        return redirect("jobs:job", job.public_id)
    return render(
        request,
        "perspectives/workspace/read_in.html",
        {"dialogue": found.dialogue, "round": found, "form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def packages(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a named reviewer have the row-level package; the link is shown once."""
    found = round_for(request, public_id, Permission.PUBLISH_INSIGHTS)
    form = ReviewerForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            granted = round_operations.grant_to_reviewer(
                statement_round=found,
                reviewer_name=form.cleaned_data["reviewer_name"],
                expires_at=end_of_day(form.cleaned_data["last_day"]),
                by=person(request),
                at=timezone.now(),
            )
        except round_operations.GroundIsMissingError:
            form.add_error("last_day", gettext("The last day has passed. Choose a later one."))
        else:
            link = [granted.grant.public_id, granted.secret]
            address = request.build_absolute_uri(reverse("perspectives:package_by_link", args=link))
    return _packages_page(request, found, form, PublishPackageForm(), address)


@require_POST
def publish_package(request: HttpRequest, public_id: str) -> HttpResponse:
    found = round_for(request, public_id, Permission.PUBLISH_INSIGHTS)
    form = PublishPackageForm(request.POST)
    if not form.is_valid():
        return _packages_page(request, found, ReviewerForm(), form, "")
    round_operations.grant_to_public(
        statement_round=found, by=person(request), at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, gettext("The answers without names are published."))
    return redirect("perspectives:packages", public_id)


@require_POST
def revoke(request: HttpRequest, public_id: str, grant_id: str) -> HttpResponse:
    found = round_for(request, public_id, Permission.PUBLISH_INSIGHTS)
    round_operations.revoke_grant(
        grant=grants.get_grant_of(found, grant_id), by=person(request), at=timezone.now()
    )
    messages.success(request, gettext("The link no longer works."))
    return redirect("perspectives:packages", public_id)


def _packages_page(
    request: HttpRequest,
    found: StatementRound,
    reviewer_form: ReviewerForm,
    publish_form: PublishPackageForm,
    address: str,
) -> HttpResponse:
    is_faulty = bool(reviewer_form.errors or publish_form.errors)
    return render(
        request,
        "perspectives/workspace/packages.html",
        {
            "dialogue": found.dialogue,
            "round": found,
            "reviewer_form": reviewer_form,
            "publish_form": publish_form,
            "address": address,
            "grants": grants.grants_of(found),
        },
        status=422 if is_faulty else 200,
    )
