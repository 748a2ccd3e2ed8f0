"""The team and the process diary."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.core.ui.paging import page_of
from brygga.core.undo.offers import say_with_undo
from brygga.dialogues.enums import TeamRole
from brygga.dialogues.forms.team import LastDayForm, MemberForm
from brygga.dialogues.operations.team import (
    AlreadyInTeamError,
    LastLeaderError,
    add_member,
    end_member,
)
from brygga.dialogues.operations.undoing import ENDED
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.people import former_team_of, members_to_choose, team_of
from brygga.dialogues.queries.team_needs import missing_roles, roles_explained
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

ENTRIES_PER_PAGE = 30
CHOICES = 20
LONGEST_ID = 20  # of what an address says; it is asked of the database


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.MANAGE_TEAM if is_post else Permission.SEE_WORKSPACE
    )
    today = localdate(now())
    if is_post and "end" in request.POST:
        return _end(request, access)
    initial = {"person": request.GET.get("vem", "")[:LONGEST_ID]}
    form = MemberForm(posted(request), dialogue=access.dialogue, today=today, initial=initial)
    if is_post and form.is_valid():
        try:
            add_member(
                dialogue=access.dialogue,
                user=form.cleaned_data["person"].user,
                role=TeamRole(form.cleaned_data["role"]),
                starts_on=form.cleaned_data["starts_on"],
                last_day=form.cleaned_data["last_day"],
                by=who(request),
                at=now(),
            )
        except AlreadyInTeamError:
            form.add_error("role", _("The person already holds that role."))
        else:
            return back_to("team", access.dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/team.html",
        form=form,
        team=team_of(access.dialogue, on=today),
        former=former_team_of(access.dialogue, on=today),
        today=today,
        **_choosing(request, access),
    )


def _choosing(request: HttpRequest, access: Access) -> dict[str, Any]:
    """Give what helps to find the right person for the right role."""
    dialogue = access.dialogue
    words = request.GET.get("q", "").strip()[:100]
    chosen = request.POST.get("person") or request.GET.get("vem", "")[:LONGEST_ID]
    return {
        "roles": roles_explained(),
        "missing": missing_roles(dialogue, on=localdate(now())),
        "words": words,
        "people": page_of(request, members_to_choose(dialogue, words), CHOICES) if words else None,
        "chosen": members_to_choose(dialogue).filter(public_id=chosen).first() if chosen else None,
    }


def _end(request: HttpRequest, access: Access) -> HttpResponse:
    today = localdate(now())
    member = next(
        (
            member
            for member in team_of(access.dialogue, on=today)
            if str(member.pk) == request.POST["end"]
        ),
        None,
    )
    if member is None:
        raise Http404
    given = LastDayForm(request.POST, today=today)
    if not given.is_valid():
        messages.error(request, _("Choose a last day that is today or later."))
        return back_to("team", access.dialogue)
    last_day = given.cleaned_data["last_day"] or today
    try:
        end_member(member=member, last_day=last_day, by=who(request), at=now())
    except LastLeaderError:
        messages.error(request, _("Somebody must lead the dialogue. Add another leader first."))
        return back_to("team", access.dialogue)
    if last_day > today:
        messages.success(request, _("The last day is saved."))
    else:
        say_with_undo(
            request,
            _("%(person)s leaves the team after today.") % {"person": member.user},
            kind=ENDED,
            back=request.path,
            dialogue=access.dialogue.public_id,
            member=str(member.pk),
        )
    return back_to("team", access.dialogue)
