"""Ending that another organisation's body owns the dialogue too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.accounts.models import Body
from brygga.dialogues.forms.joint import EndOwnershipForm
from brygga.dialogues.operations.joint_ending import (
    BodyDecidesError,
    EndedAlreadyError,
    LastOwnerError,
    end_ownership,
)
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.queries.access import Access, access_to
from brygga.dialogues.queries.joint_ending import get_body_to_end_for, what_ending_means
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who


@require_http_methods(["GET", "POST"])
def owner_end(request: HttpRequest, public_id: str, body_id: str) -> HttpResponse:
    """Say what follows, ask for the reason, and end it."""
    access = enter(request, public_id, Permission.INVITE_OWNERS)
    today = localdate(now())
    body = get_body_to_end_for(who(request), access.dialogue, body_id, on=today)
    form = EndOwnershipForm(posted(request))
    if request.method == "POST" and form.is_valid() and _end(request, access, body, form):
        messages.success(request, _("It has ended. The other owners have been told."))
        still_in = access_to(access.dialogue, who(request), at=now()).may(Permission.SEE_WORKSPACE)
        return back_to("owners", access.dialogue) if still_in else redirect("dialogues:today")
    return page(
        request,
        access,
        "dialogues/workspace/owner_end.html",
        body=body,
        ending=what_ending_means(access.dialogue, body, on=today),
        form=form,
    )


def _end(request: HttpRequest, access: Access, body: Body, form: EndOwnershipForm) -> bool:
    reason = form.cleaned_data["reason"]
    try:
        end_ownership(dialogue=access.dialogue, body=body, reason=reason, by=who(request), at=now())
    except LastOwnerError:
        form.add_error(None, _("It is the only owner left. Let another body own it first."))
    except BodyDecidesError:
        form.add_error(None, _("The mandate says that it decides. Change the mandate first."))
    except EndedAlreadyError:
        form.add_error(None, _("Somebody ended it meanwhile."))
    except WrongStateError:
        form.add_error(None, _("The dialogue has ended meanwhile."))
    return form.is_valid()
