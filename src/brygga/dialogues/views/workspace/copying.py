"""A new dialogue out of an earlier one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from brygga.dialogues.forms.copying import CopyForm
from brygga.dialogues.operations.copying import copy_dialogue
from brygga.dialogues.queries.access import organisations_to_open_in
from brygga.dialogues.queries.copying import parts_to_copy
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who


@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    source = access.dialogue
    organisations = organisations_to_open_in(who(request), at=now())
    if not organisations:
        raise Http404
    parts = parts_to_copy(source)
    form = CopyForm(
        posted(request),
        organisations=organisations,
        parts=[(part.name, part.label) for part in parts],
        initial={"title": source.title, "organisation": source.organisation.public_id},
    )
    if request.method == "POST" and form.is_valid():
        draft = copy_dialogue(
            source=source,
            organisation=form.cleaned_data["organisation"],
            title=form.cleaned_data["title"],
            parts=form.cleaned_data["parts"],
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        return back_to("workspace", draft)
    return page(request, access, "dialogues/workspace/copy.html", form=form, parts=parts)
