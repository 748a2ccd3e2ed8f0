"""Writing the yearly plan of an organisation."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from brygga.accounts.enums import Permission
from brygga.accounts.models import Organisation
from brygga.accounts.queries import get_organisation_for, signed_in
from brygga.accounts.rules import rights_among
from brygga.core.undo.offers import say_with_undo
from brygga.dialogues.forms.year_plan import PlannedForm, YearForm
from brygga.dialogues.models import PlannedDialogue, YearPlan
from brygga.dialogues.operations import year_plan as operations
from brygga.dialogues.operations.undoing import UNPLANNED
from brygga.dialogues.queries import year_plan as plans


@require_http_methods(["GET", "HEAD", "POST"])
def year_plans(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    organisation = get_organisation_for(request.user, slug, Permission.EDIT_PAGE, day)
    form = YearForm(
        request.POST if request.method == "POST" else None, initial={"year": day.year + 1}
    )
    if form.is_bound and form.is_valid():
        year, by = form.cleaned_data["year"], signed_in(request)
        operations.begin_year(organisation=organisation, year=year, by=by, at=timezone.now())
        return redirect("dialogues:year_plan", slug, year)
    more = {"plans": plans.plans_of(organisation), "form": form}
    return _show(request, "dialogues/workspace/year_plans.html", organisation, more)


@require_http_methods(["GET", "HEAD", "POST"])
def year_plan(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Show a year; what is sent here publishes it or makes it a draft again."""
    plan = plans.get_plan_for(request.user, slug, year, timezone.localdate())
    if request.method == "POST":
        operations.set_published(
            plan=plan,
            is_public=request.POST.get("public") == "yes",
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("Saved."))
        return redirect("dialogues:year_plan", slug, year)
    more = {"plan": plan, "rows": plans.rows_of(plan)}
    return _show(request, "dialogues/workspace/year_plan.html", plan.organisation, more)


@require_http_methods(["GET", "HEAD", "POST"])
def planned_new(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    plan = plans.get_plan_for(request.user, slug, year, timezone.localdate())
    return _planned(request, plan, None)


@require_http_methods(["GET", "HEAD", "POST"])
def planned_edit(request: HttpRequest, slug: str, year: int, public_id: str) -> HttpResponse:
    day = timezone.localdate()
    planned = plans.get_planned_for(request.user, slug, year, public_id, day)
    return _planned(request, planned.plan, planned)


@require_http_methods(["GET", "HEAD", "POST"])
def planned_remove(request: HttpRequest, slug: str, year: int, public_id: str) -> HttpResponse:
    """Ask before it is taken off the plan, and offer to take that back."""
    day = timezone.localdate()
    planned = plans.get_planned_for(request.user, slug, year, public_id, day)
    if request.method != "POST":
        template, more = "dialogues/workspace/planned_remove.html", {"planned": planned}
        return _show(request, template, planned.plan.organisation, more)
    operations.remove_planned(planned=planned, by=signed_in(request), at=timezone.now())
    back = reverse("dialogues:year_plan", args=[slug, year])
    facts = {"organisation": slug, "year": str(year), "planned": planned.public_id}
    say_with_undo(request, gettext("Taken away."), kind=UNPLANNED, back=back, **facts)
    return redirect(back)


def _planned(request: HttpRequest, plan: YearPlan, planned: PlannedDialogue | None) -> HttpResponse:
    form = PlannedForm(
        request.POST if request.method == "POST" else None,
        organisation=plan.organisation,
        planned=planned,
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid():
        try:
            operations.save_planned(
                plan=plan,
                planned=planned,
                facts=form.facts(),
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except operations.IssueTakenError:
            form.add_error("issue", gettext("The plan has that issue already."))
        except operations.PlannedGoneError:
            form.add_error(
                None, gettext("Somebody took it away while you wrote. Your text is still here.")
            )
        except operations.PlanChangedError as error:
            form.renew(error.version)
            form.add_error(
                None,
                gettext(
                    "Somebody else has saved this since you opened it. Your text is still here. "
                    "Compare it with what is saved now, and save again if yours is to replace it."
                ),
            )
        else:
            messages.success(request, gettext("Saved."))
            return redirect("dialogues:year_plan", plan.organisation.slug, plan.year)
    more = {"plan": plan, "planned": planned, "form": form}
    return _show(request, "dialogues/workspace/planned.html", plan.organisation, more)


def _show(
    request: HttpRequest, template: str, organisation: Organisation, more: Mapping[str, object]
) -> HttpResponse:
    day = timezone.localdate()
    context = {
        "organisation": organisation,
        "owner_accent": organisation.accent,
        "rights": rights_among(Permission, request.user, organisation, day),
        "today": day,
    }
    return render(request, template, {**context, **more})
