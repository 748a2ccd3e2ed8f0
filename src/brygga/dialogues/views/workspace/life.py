"""Publishing, closing, breaking off, and changing the form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.dialogues.enums import DialogueForm
from brygga.dialogues.forms.life import CancelForm, ChangeFormForm, InformationForm
from brygga.dialogues.operations.dialogue_form import change_form as give_form
from brygga.dialogues.operations.mandate import MandateBreaksError
from brygga.dialogues.operations.publication import (
    WrongStateError,
    publish_as_dialogue,
    publish_as_information,
)
from brygga.dialogues.operations.publication import cancel as break_off
from brygga.dialogues.operations.publication import close as end
from brygga.dialogues.operations.steps import StartCheckFailsError
from brygga.dialogues.queries.access import Access
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who
from brygga.dialogues.views.workspace.mandate import check_of


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.PUBLISH)
    as_information = request.POST.get("as") == "information"
    form = InformationForm(posted(request) if as_information else None)
    if request.method == "POST":
        try:
            done = _inform(request, access, form) if as_information else _publish(request, access)
        except StartCheckFailsError:
            messages.error(request, _("Nothing was published: the start check does not hold."))
        except WrongStateError:
            messages.info(request, _("Somebody has already published it."))
            return back_to("workspace", access.dialogue)
        else:
            if done:
                return back_to("workspace", access.dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/publish.html",
        form=form,
        check=check_of(access.dialogue),
    )


def _publish(request: HttpRequest, access: Access) -> bool:
    publish_as_dialogue(dialogue=access.dialogue, by=who(request), at=now())
    messages.success(request, _("Published. Everybody it is meant for can read it now."))
    return True


def _inform(request: HttpRequest, access: Access, form: InformationForm) -> bool:
    if not form.is_valid():
        return False
    publish_as_information(
        dialogue=access.dialogue, reason=form.cleaned_data["reason"], by=who(request), at=now()
    )
    messages.success(request, _("Published as information, with the reason."))
    return True


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.CLOSE)
    if request.method == "POST":
        try:
            end(dialogue=access.dialogue, by=who(request), at=now())
        except WrongStateError:
            messages.info(request, _("It had already ended."))
        return back_to("workspace", access.dialogue)
    return page(request, access, "dialogues/workspace/close.html")


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.CANCEL)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            break_off(
                dialogue=access.dialogue,
                reason=form.cleaned_data["reason"],
                feedback=form.cleaned_data["feedback"],
                by=who(request),
                at=now(),
            )
        except WrongStateError:
            messages.info(request, _("It had already ended."))
        return back_to("workspace", access.dialogue)
    return page(request, access, "dialogues/workspace/cancel.html", form=form)


@require_http_methods(["GET", "POST"])
def change_form(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.CHANGE_FORM)
    form = ChangeFormForm(posted(request), current=access.dialogue.form)
    if request.method == "POST" and form.is_valid():
        try:
            give_form(
                dialogue=access.dialogue,
                form=DialogueForm(form.cleaned_data["form"]),
                reason=form.cleaned_data["reason"],
                by=who(request),
                at=now(),
            )
        except MandateBreaksError as error:
            for point in error.failing:
                form.add_error("form", " ".join(str(text) for text in point.missing))
        else:
            return back_to("workspace", access.dialogue)
    return page(request, access, "dialogues/workspace/change_form.html", form=form)
