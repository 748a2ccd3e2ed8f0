"""What has been said: entering it, reviewing it, and finding the perspectives in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.exports import export_file, wanted_format
from brygga.core.ui.paging import page_of
from brygga.core.undo.offers import say_with_undo
from brygga.dialogues.enums import Channel
from brygga.dialogues.exports import VOICES, voices_to_export
from brygga.dialogues.forms.voices import (
    PerspectiveForm,
    VoiceFilterForm,
    VoicesForm,
)
from brygga.dialogues.models import Perspective
from brygga.dialogues.operations.undoing import UNLINKED
from brygga.dialogues.operations.voices import (
    create_perspective,
    edit_perspective,
    link_contributions,
    record_contributions,
    unlink_contribution,
)
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.voices import (
    chosen_voices,
    contributions_of,
    get_contribution_in,
    get_perspective_in,
    perspectives_of,
    voices_by_state,
    voices_sharing,
    voices_to_link,
)
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

PER_PAGE = 30


@require_GET
def contributions(request: HttpRequest, public_id: str) -> HttpResponseBase:
    access = enter(request, public_id, Permission.READ_VOICES)
    form = VoiceFilterForm(request.GET, counts=voices_by_state(access.dialogue))
    wanted = form.cleaned_data if form.is_valid() else {}
    voices = contributions_of(
        access.dialogue,
        words=wanted.get("q", ""),
        channel=wanted.get("channel", ""),
        state=wanted.get("state", ""),
    )
    if form_of_file := wanted_format(request):
        return export_file(
            form_of_file,
            VOICES,
            voices_to_export(voices),
            about=access.dialogue.slug,
            day=localdate(now()),
        )
    return page(
        request,
        access,
        "dialogues/workspace/contributions.html",
        form=form,
        page=page_of(request, voices, PER_PAGE),
        is_filtered=any(wanted.values()),
    )


@require_http_methods(["GET", "POST"])
def contribution_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.ENTER_VOICES)
    form = VoicesForm(posted(request))
    if request.method == "POST" and "more" in request.POST:
        form = form.with_more_boxes()
    elif request.method == "POST" and form.is_valid():
        stored = record_contributions(
            dialogue=access.dialogue,
            voices=form.voices(),
            channel=Channel(form.cleaned_data["channel"]),
            said_on=form.cleaned_data["said_on"],
            place=form.cleaned_data["place"],
            by=who(request),
            at=now(),
        )
        text = ngettext("%(count)s voice is kept.", "%(count)s voices are kept.", len(stored))
        messages.success(request, text % {"count": len(stored)})
        return back_to("contributions", access.dialogue)
    return page(request, access, "dialogues/workspace/contribution_new.html", form=form)


@require_GET
def contribution(request: HttpRequest, public_id: str, contribution_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.READ_VOICES)
    voice = get_contribution_in(access.dialogue, contribution_id)
    return page(request, access, "dialogues/workspace/contribution.html", voice=voice)


@require_http_methods(["GET", "POST"])
def perspectives(request: HttpRequest, public_id: str) -> HttpResponse:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.WRITE_INSIGHTS if is_post else Permission.READ_VOICES
    )
    form = PerspectiveForm(posted(request))
    if is_post and form.is_valid():
        created = create_perspective(
            dialogue=access.dialogue,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            is_public=form.cleaned_data["is_public"],
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        return back_to("perspective", access.dialogue, created.public_id)
    return page(
        request,
        access,
        "dialogues/workspace/perspectives.html",
        form=form,
        perspectives=perspectives_of(access.dialogue),
    )


@require_http_methods(["GET", "POST"])
def perspective(request: HttpRequest, public_id: str, perspective_id: str) -> HttpResponse:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.WRITE_INSIGHTS if is_post else Permission.READ_VOICES
    )
    shown = get_perspective_in(access.dialogue, perspective_id)
    initial = {"title": shown.title, "text": shown.text, "is_public": shown.is_public}
    form = PerspectiveForm(posted(request), initial=initial)
    if is_post and form.is_valid():
        edit_perspective(
            perspective=shown,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            is_public=form.cleaned_data["is_public"],
            by=who(request),
            at=now(),
        )
        return back_to("perspective", access.dialogue, perspective_id)
    return _perspective_page(request, access, shown, form)


def _perspective_page(
    request: HttpRequest, access: Access, shown: Perspective, form: PerspectiveForm
) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    return page(
        request,
        access,
        "dialogues/workspace/perspective.html",
        perspective=shown,
        form=form,
        sharing=voices_sharing(shown)[:200],
        others=voices_to_link(shown, words=words)[:PER_PAGE],
        words=words,
    )


@require_POST
def perspective_link(request: HttpRequest, public_id: str, perspective_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.WRITE_INSIGHTS)
    shown = get_perspective_in(access.dialogue, perspective_id)
    sent = request.POST
    chosen = chosen_voices(access.dialogue, sent.getlist("add"))
    link_contributions(perspective=shown, contributions=chosen, by=who(request), at=now())
    removed = chosen_voices(access.dialogue, sent.getlist("remove"))
    for voice in removed:
        unlink_contribution(perspective=shown, contribution=voice, by=who(request), at=now())
    if removed:
        text = ngettext(
            "%(count)s voice is taken away.", "%(count)s voices are taken away.", len(removed)
        )
        say_with_undo(
            request,
            text % {"count": len(removed)},
            kind=UNLINKED,
            back=reverse("dialogues:perspective", args=[public_id, perspective_id]),
            dialogue=public_id,
            perspective=perspective_id,
            voices=" ".join(voice.public_id for voice in removed),
        )
    return back_to("perspective", access.dialogue, perspective_id)
