"""For whom a dialogue is."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.dialogues.enums import Visibility
from brygga.dialogues.forms.visibility import VisibilityForm
from brygga.dialogues.operations.mandate import MandateBreaksError
from brygga.dialogues.operations.visibility import SomebodyHasSpokenError, change_visibility
from brygga.dialogues.queries.visibility import has_been_spoken_in
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

OTHER = {
    Visibility.PUBLIC: Visibility.INTERNAL,
    Visibility.INTERNAL: Visibility.PUBLIC,
}


@require_http_methods(["GET", "POST"])
def visibility(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.EDIT_DIALOGUE)
    dialogue = access.dialogue
    other = OTHER[Visibility(dialogue.visibility)]
    form = VisibilityForm(posted(request), dialogue=dialogue)
    if request.method == "POST" and form.is_valid():
        try:
            change_visibility(
                dialogue=dialogue, visibility=other, **form.cleaned_data, by=who(request), at=now()
            )
        except SomebodyHasSpokenError:
            form.add_error(None, _("Somebody has spoken meanwhile."))
        except MandateBreaksError as error:
            for point in error.failing:
                form.add_error(None, " ".join(str(text) for text in point.missing))
        else:
            return back_to("edit", dialogue)
    return page(
        request,
        access,
        "dialogues/workspace/visibility.html",
        form=form,
        other=other,
        is_locked=has_been_spoken_in(dialogue),
    )
