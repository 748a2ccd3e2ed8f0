"""Templates that dialogues begin with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.dialogues.forms.copying import TemplateForm
from brygga.dialogues.operations.starters import retire_template, save_as_template
from brygga.dialogues.queries.access import organisations_to_open_in
from brygga.dialogues.queries.starters import get_template_for, starters_for
from brygga.dialogues.views.workspace.desk import enter, now, page, posted, who


@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    organisations = _where(request)
    context = {"starters": starters_for(organisations)}
    return render(request, "dialogues/workspace/templates.html", context)


@require_http_methods(["GET", "POST"])
def template_save(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    if access.dialogue.organisation_id not in _where(request):
        raise Http404
    form = TemplateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        save_as_template(
            dialogue=access.dialogue,
            name=form.cleaned_data["name"],
            parts=form.cleaned_data["parts"],
            by=who(request),
            at=now(),
        )
        messages.success(request, _("The template is saved."))
        return redirect("dialogues:templates")
    return page(request, access, "dialogues/workspace/template_save.html", form=form)


@require_POST
def template_retire(request: HttpRequest, public_id: str) -> HttpResponse:
    template = get_template_for(_where(request), public_id)
    retire_template(template=template, by=who(request), at=now())
    messages.success(request, _("The template is no longer offered."))
    return redirect("dialogues:templates")


def _where(request: HttpRequest) -> list[int]:
    organisations = organisations_to_open_in(who(request), at=now())
    if not organisations:
        raise Http404
    return organisations
