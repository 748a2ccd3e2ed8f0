"""A new dialogue out of an earlier one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brygga.dialogues.forms.copying import CopyForm
from brygga.dialogues.operations.copying import PersonalDataStaysError, copy_dialogue
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
    parts = parts_to_copy(source, access.permissions, on=localdate(now()))
    form = CopyForm(
        posted(request),
        organisations=organisations,
        parts=parts,
        today=localdate(now()),
        initial={"title": source.title, "organisation": source.organisation.public_id},
    )
    if request.method == "POST" and form.is_valid():
        try:
            draft = copy_dialogue(
                source=source,
                organisation=form.cleaned_data["organisation"],
                title=form.cleaned_data["title"],
                parts=form.cleaned_data["parts"],
                first_day=form.cleaned_data.get("first_day"),
                client_key=form.key,
                by=who(request),
                at=now(),
            )
        except PersonalDataStaysError:
            told = _("Contacts are not taken along to an organisation that does not own this.")
            form.add_error("parts", told)
        else:
            return back_to("workspace", draft)
    return page(request, access, "dialogues/workspace/copy.html", form=form, parts=parts)
