"""Mandate periods of bodies, and what a new body says of a mandate."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.accounts.enums import Permission as Right
from brygga.accounts.queries import get_organisation_for
from brygga.dialogues.enums import MandateVerdict
from brygga.dialogues.forms.leading import ConfirmForm, PeriodForm
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.periods import (
    NothingToConfirmError,
    TooEarlyError,
    confirm_mandate,
    end_mandate,
    set_period,
)
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.queries.periods import (
    bodies_with_periods,
    confirmations_of,
    standing_of_mandate,
)
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who


@require_http_methods(["GET", "POST"])
def periods(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_organisation_for(who(request), slug, Right.MANAGE_BODIES, localdate(now()))
    form = PeriodForm(posted(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        set_period(**form.cleaned_data, by=who(request), at=now())
        messages.success(request, _("The mandate period is saved."))
        return redirect("dialogues:periods", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "bodies": bodies_with_periods(organisation),
    }
    return render(request, "dialogues/workspace/periods.html", context)


@require_http_methods(["GET", "POST"])
def mandate_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_MANDATE)
    dialogue = access.dialogue
    form = ConfirmForm(posted(request), dialogue=dialogue)
    if request.method == "POST" and form.is_valid() and _answer(request, access.dialogue, form):
        return back_to("workspace", dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/mandate_confirm.html",
        form=form,
        standing=standing_of_mandate(dialogue, on=localdate(now())),
        answers=confirmations_of(dialogue),
        today=localdate(now()),
    )


def _answer(request: HttpRequest, dialogue: Dialogue, form: ConfirmForm) -> bool:
    """Keep what the new body decided, or say in the form why it cannot be kept."""
    told = form.cleaned_data
    decided = {name: told[name] for name in ("body", "decided_on", "dnr")}
    try:
        if told["verdict"] == MandateVerdict.CONFIRMED:
            confirm_mandate(dialogue=dialogue, **decided, by=who(request), at=now())
        else:
            why = {"reason": told["reason"], "feedback": told["feedback"]}
            end_mandate(dialogue=dialogue, **decided, **why, by=who(request), at=now())
    except TooEarlyError:
        form.add_error("decided_on", _("The new body decides after the period has ended."))
    except (NothingToConfirmError, WrongStateError):
        form.add_error(None, _("There is nothing to confirm: somebody may have been first."))
    return form.is_valid()
