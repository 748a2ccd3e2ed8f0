"""One contribution: read it, decide on it, give it to somebody, merge it with its like."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from brygga.dialogues.forms.moderation import AssignForm, DecisionForm
from brygga.dialogues.operations.moderation import (
    AlreadyDecidedError,
    HidingNeedsGroundError,
    NotAModeratorError,
    NothingToMaskError,
    SecondPersonError,
    VoiceIsGoneError,
    VoiceIsMergedError,
    assign,
    decide,
)
from brygga.dialogues.operations.standing_for import (
    AnswersWouldBeLostError,
    CannotBeMergedError,
    merge,
    separate,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.duplicates import duplicates_of
from brygga.dialogues.queries.grounds import grounds_are_ours
from brygga.dialogues.queries.moderation import Desk, get_case_in, get_desk, moderators_of
from brygga.dialogues.queries.voices import chosen_voices, get_contribution_in
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

REFUSED = {
    AlreadyDecidedError: gettext_lazy(
        "Somebody has decided on it since you opened the page. See what."
    ),
    VoiceIsGoneError: gettext_lazy("It has been withdrawn and cannot be changed."),
    VoiceIsMergedError: gettext_lazy("It is merged with another. Separate them first."),
    SecondPersonError: gettext_lazy(
        "You made the first decision. Somebody else makes the new assessment."
    ),
    NotAModeratorError: gettext_lazy("That person may not decide here."),
    CannotBeMergedError: gettext_lazy("These two cannot be merged."),
    AnswersWouldBeLostError: gettext_lazy(
        "People have answered this one as a statement. Merge it only with another statement "
        "of the same round, so that their answers go on counting."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, public_id: str, contribution_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MODERATE)
    desk = get_desk(access.dialogue, contribution_id)
    form = DecisionForm(posted(request), desk=desk, initial={"to": _proposed(desk)})
    if request.method != "POST" or not form.is_valid():
        return _page(request, access, desk, form)
    try:
        decide(
            contribution=desk.voice,
            decision=form.decision(),
            seen=form.cleaned_data["seen"],
            by=who(request),
            at=now(),
        )
    except NothingToMaskError:
        form.add_error("masks", _("Write the words exactly as they stand in the text."))
    except HidingNeedsGroundError:
        form.add_error("ground", _("Choose a reason."))
    except (AlreadyDecidedError, VoiceIsGoneError, VoiceIsMergedError, SecondPersonError) as error:
        messages.error(request, str(REFUSED[type(error)]))
        return back_to("case", access.dialogue, contribution_id)
    else:
        messages.success(request, _decided(request))
        if request.GET.get("fran") == "alla":
            return redirect("dialogues:queue_next")
        return back_to("moderation_next", access.dialogue)
    return _page(request, access, desk, form)


def _decided(request: HttpRequest) -> SafeString:
    """Lead straight back to what was decided, so that a slip is mended by deciding anew."""
    return format_html(
        '{} <a href="{}">{}</a>',
        _("Decided. Here is the next."),
        request.path,
        _("See what you decided, or decide anew"),
    )


def _proposed(desk: Desk) -> str:
    return "" if desk.case else str(desk.voice.state)


def _page(request: HttpRequest, access: Access, desk: Desk, form: DecisionForm) -> HttpResponse:
    people = moderators_of(access.dialogue, at=now())
    first = desk.case.first_decided_by_id if desk.case else None
    return page(
        request,
        access,
        "dialogues/workspace/case.html",
        status=422 if form.is_bound else 200,
        desk=desk,
        voice=desk.voice,
        form=form,
        assign_form=AssignForm(people=people.exclude(pk=first or 0)),
        alike=duplicates_of(desk.voice) if desk.merge is None else [],
        is_first=first == who(request).pk,
        me=who(request),
        grounds_are_ours=grounds_are_ours(),
        from_all=request.GET.get("fran") == "alla",
    )


@require_POST
def assign_case(request: HttpRequest, public_id: str, contribution_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MODERATE)
    found = get_case_in(access.dialogue, contribution_id)
    form = AssignForm(posted(request), people=moderators_of(access.dialogue, at=now()))
    if form.is_valid():
        try:
            assign(case=found, to=form.cleaned_data["to"], by=who(request), at=now())
        except (AlreadyDecidedError, SecondPersonError, NotAModeratorError) as error:
            messages.error(request, str(REFUSED[type(error)]))
    else:
        messages.error(request, str(REFUSED[NotAModeratorError]))
    return back_to("case", access.dialogue, contribution_id)


@require_POST
def merge_into(request: HttpRequest, public_id: str, contribution_id: str) -> HttpResponse:
    """Let this contribution stand in another one."""
    access = enter(request, public_id, Permission.MODERATE)
    merged = get_contribution_in(access.dialogue, contribution_id)
    try:
        chosen = chosen_voices(access.dialogue, [request.POST.get("kept", "")])
        kept = chosen[0] if chosen else merged  # which is refused
        merge(kept=kept, merged=merged, by=who(request), at=now())
    except CannotBeMergedError as error:
        messages.error(request, str(REFUSED[type(error)]))
        return back_to("case", access.dialogue, contribution_id)
    messages.success(request, _("Merged. One voice now stands for both; you can separate them."))
    return back_to("case", access.dialogue, kept.public_id)


@require_POST
def separate_from(request: HttpRequest, public_id: str, contribution_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MODERATE)
    desk = get_desk(access.dialogue, contribution_id)
    if desk.merge is not None:
        separate(made=desk.merge, by=who(request), at=now())
        messages.success(request, _("Separated. Each stands for itself again."))
    return back_to("case", access.dialogue, contribution_id)
