"""What will be disposed of and when; the decision, and the brake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brygga.dialogues.queries import Access
from brygga.dialogues.rules import Permission
from brygga.tools.register.forms.retention import HoldForm, RetentionForm
from brygga.tools.register.models import RetentionPlan
from brygga.tools.register.operations.retention import (
    AlreadyDisposedError,
    decide,
    hold,
    release,
)
from brygga.tools.register.queries.retention import outlook, plan_of
from brygga.tools.register.views.workspace import desk


@require_http_methods(["GET", "HEAD", "POST"])
def retention(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id, Permission.DECIDE_RETENTION)
    plan = plan_of(access.dialogue)
    initial = (
        {
            "rule": plan.rule,
            "body": plan.body.public_id,
            "decided_on": plan.decided_on,
            "dnr": plan.dnr,
        }
        if plan
        else {"rule": access.dialogue.mandate.retention_class}
    )
    form = RetentionForm(desk.posted(request), dialogue=access.dialogue, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            decide(
                dialogue=access.dialogue,
                decision=form.decision(),
                by=desk.who(request),
                at=desk.now(),
            )
        except AlreadyDisposedError:
            form.add_error(None, _("It has been disposed of already."))
        else:
            messages.success(request, _("The decision is entered."))
            return desk.back_to("retention", access.dialogue)
    return _show(request, access, plan, form, HoldForm())


@require_POST
def brake(request: HttpRequest, public_id: str) -> HttpResponse:
    """Stop the disposal with a reason, or let it go on."""
    access = desk.enter(request, public_id, Permission.REGISTER)
    plan = plan_of(access.dialogue)
    form = HoldForm(request.POST)
    lets_go = "release" in request.POST
    if plan is not None and (lets_go or form.is_valid()):
        try:
            if lets_go:
                release(plan=plan, by=desk.who(request), at=desk.now())
            else:
                reason = form.cleaned_data["reason"]
                hold(plan=plan, reason=reason, by=desk.who(request), at=desk.now())
        except AlreadyDisposedError:
            messages.error(request, _("It has been disposed of already."))
        return desk.back_to("retention", access.dialogue)
    return _show(request, access, plan, RetentionForm(dialogue=access.dialogue), form)


def _show(
    request: HttpRequest,
    access: Access,
    plan: RetentionPlan | None,
    form: RetentionForm,
    hold_form: HoldForm,
) -> HttpResponse:
    return desk.page(
        request,
        access,
        "register/workspace/retention.html",
        status=max(desk.status_of(form), desk.status_of(hold_form)),
        outlook=outlook(access.dialogue, plan),
        form=form,
        hold_form=hold_form,
    )
