"""Demanding that residents show who they are, or no longer doing so."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from brygga.dialogues.forms.identity import IdentityForm
from brygga.dialogues.operations.identity import (
    AnsweredWithoutError,
    NoBrokerError,
    demand_identity,
)
from brygga.dialogues.queries.identity import brokers_to_choose, demand_of, has_unidentified
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

TOO_LATE = gettext_lazy(
    "People have already answered without showing who they are, and could answer twice. Copy the "
    "dialogue, and demand e-ID in the copy before it opens."
)


@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_DIALOGUE)
    demand = demand_of(access.dialogue)
    form = IdentityForm(posted(request), demands=demand is None)
    if form.is_valid():
        try:
            demand_identity(
                dialogue=access.dialogue,
                is_on=demand is None,
                reason=form.cleaned_data["reason"],
                legal_ground=form.cleaned_data.get("legal_ground", ""),
                by=who(request),
                at=now(),
            )
        except NoBrokerError:
            form.add_error(None, _("The owner has to add a broker of e-IDs first."))
        except AnsweredWithoutError:
            form.add_error(None, TOO_LATE)
        else:
            messages.success(request, _("Changed, and written in the process diary."))
            return back_to("identity", access.dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/identity.html",
        form=form,
        demand=demand,
        brokers=brokers_to_choose(access.dialogue),
        is_too_late=demand is None and has_unidentified(access.dialogue),
        too_late=TOO_LATE,
    )
