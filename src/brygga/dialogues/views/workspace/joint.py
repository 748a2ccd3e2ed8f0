"""Who owns a dialogue, and asking one more to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.core.ui.paging import page_of
from brygga.dialogues.forms.joint import AnswerForm, InviteOwnerForm
from brygga.dialogues.models import JointInvitation
from brygga.dialogues.operations.joint import (
    CannotBeInvitedError,
    InvitedAlreadyError,
    NobodyAnswersError,
    SettledError,
    accept_invitation,
    decline_invitation,
    invite_owner,
    withdraw_invitation,
)
from brygga.dialogues.operations.publication import WrongStateError
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.joint import (
    bodies_to_invite,
    get_invitation_for,
    invitations_of,
    owners_of,
)
from brygga.dialogues.queries.joint_ending import bodies_to_end
from brygga.dialogues.rules import OPEN, Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

CHOICES = 20


@require_http_methods(["GET", "POST"])
def owners(request: HttpRequest, public_id: str) -> HttpResponse:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.INVITE_OWNERS if is_post else Permission.SEE_WORKSPACE
    )
    dialogue, today = access.dialogue, localdate(now())
    if "withdraw" in request.POST:
        return _withdraw(request, access)
    words = request.GET.get("q", "").strip()[:100]
    asked_for = request.POST.get("body") or request.GET.get("organ", "")
    form = InviteOwnerForm(
        posted(request), dialogue=dialogue, today=today, initial={"body": asked_for}
    )
    if is_post and form.is_valid() and _invite(request, access, form):
        messages.success(request, _("Asked. They own the dialogue once they say yes."))
        return back_to("owners", dialogue)
    bodies = bodies_to_invite(dialogue, on=today, words=words)
    return page(
        request,
        access,
        "dialogues/workspace/owners.html",
        form=form,
        owners=owners_of(dialogue),
        can_end=set(bodies_to_end(who(request), dialogue, on=today).values_list("pk", flat=True)),
        invitations=invitations_of(dialogue),
        words=words,
        choices=page_of(request, bodies, CHOICES) if words else None,
        chosen=bodies.filter(public_id=asked_for).first() if asked_for else None,
        now=now(),
    )


def _invite(request: HttpRequest, access: Access, form: InviteOwnerForm) -> bool:
    """Ask, or say in the form why one cannot."""
    try:
        invite_owner(dialogue=access.dialogue, **form.cleaned_data, by=who(request), at=now())
    except InvitedAlreadyError:
        form.add_error(None, _("The body has been asked already, and has not answered."))
    except NobodyAnswersError:
        form.add_error(
            None, _("Nobody there can answer yet: it has neither an owner nor a process leader.")
        )
    except CannotBeInvitedError:
        form.add_error(None, _("The body owns the dialogue already, or no longer sits."))
    return form.is_valid()


def _withdraw(request: HttpRequest, access: Access) -> HttpResponse:
    found = invitations_of(access.dialogue).filter(public_id=request.POST["withdraw"]).first()
    if found is None:
        raise Http404
    try:
        withdraw_invitation(invitation=found, by=who(request), at=now())
    except SettledError:
        messages.info(request, _("It has been answered already."))
    else:
        messages.success(request, _("The question is taken back."))
    return back_to("owners", access.dialogue)


@require_http_methods(["GET", "POST"])
def joint_answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody who may open dialogues for the body say yes or no for it."""
    found = get_invitation_for(who(request), public_id, on=localdate(now()))
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid() and _answer(request, found, form):
        return redirect("dialogues:joint_answer", public_id)
    context = {
        "invitation": found,
        "dialogue": found.dialogue,
        "is_open": found.is_open_at(now()) and found.dialogue.state in OPEN,
        "form": form,
    }
    return render(request, "dialogues/workspace/joint_answer.html", context)


def _answer(request: HttpRequest, invitation: JointInvitation, form: AnswerForm) -> bool:
    answers = {"accept": accept_invitation, "decline": decline_invitation}
    answer = answers.get(request.POST.get("say", ""))
    if answer is None:
        form.add_error(None, _("Choose yes or no."))
        return False
    try:
        answer(invitation=invitation, answer=form.cleaned_data["answer"], by=who(request), at=now())
    except SettledError:
        form.add_error(None, _("It was answered or taken back meanwhile, or the time is out."))
    except WrongStateError:
        form.add_error(None, _("The dialogue has ended meanwhile."))
    return form.is_valid()
