"""The process diary: writing, finding, correcting, choosing what everybody reads."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.editing.operations import throw_away_draft
from brygga.core.editing.queries import drafting
from brygga.core.exports import export_file, wanted_format
from brygga.dialogues.enums import LogKind
from brygga.dialogues.exports import DIARY
from brygga.dialogues.forms.diary import CorrectionForm, DiaryFilterForm, EntryForm
from brygga.dialogues.models import Dialogue, ProcessLogEntry
from brygga.dialogues.operations.log import choose_entry, correct_entry, write_entry
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.diary import diary_of, diary_pdf, get_entry_in
from brygga.dialogues.registry import registry
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

ENTRIES_PER_PAGE = 30


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest, public_id: str) -> HttpResponseBase:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.WRITE_LOG if is_post else Permission.SEE_WORKSPACE
    )
    dialogue = access.dialogue
    finding, wanted, entries = _found(request, dialogue)
    if form_of_file := wanted_format(request):
        day = localdate(now())
        return export_file(form_of_file, DIARY, entries, about=dialogue.slug, day=day)
    subjects = registry.diary_subjects(dialogue)
    draft = drafting(
        who(request), form="diary", subject=public_id, names=("text", "reason"), back=request.path
    )
    form = EntryForm(
        posted(request),
        initial=draft.typed,
        dialogue=dialogue,
        subjects=subjects.values(),
        steps=finding.steps,
    )
    if is_post and form.is_valid():
        _write(request, access, form)
        throw_away_draft(drafting=draft, by=who(request))
        return back_to("log", dialogue)
    if not access.may(Permission.CHOOSE_LOG):
        del form.fields["is_public"]
    shown = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        access,
        "dialogues/workspace/log.html",
        form=form,
        draft=draft,
        finding=finding,
        is_filtered=any(wanted.values()),
        page=shown,
        rows=[(entry, subjects.get(entry.tool_subject)) for entry in shown.object_list],
    )


def _found(
    request: HttpRequest, dialogue: Dialogue
) -> tuple[DiaryFilterForm, dict[str, Any], QuerySet[ProcessLogEntry]]:
    finding = DiaryFilterForm(request.GET, dialogue=dialogue)
    wanted = finding.cleaned_data if finding.is_valid() else {}
    entries = diary_of(
        dialogue,
        words=wanted.get("q", ""),
        kind=wanted.get("kind", ""),
        step=wanted["step"].pk if wanted.get("step") else None,
        only_public=bool(wanted.get("public")),
    )
    return finding, wanted, entries


def _write(request: HttpRequest, access: Access, form: EntryForm) -> None:
    write_entry(
        dialogue=access.dialogue,
        kind=LogKind(form.cleaned_data["kind"]),
        text=form.cleaned_data["text"],
        reason=form.cleaned_data["reason"],
        is_public=form.cleaned_data["is_public"] and access.may(Permission.CHOOSE_LOG),
        subjects=form.about(),
        client_key=form.key,
        by=who(request),
        at=now(),
    )


@require_http_methods(["GET", "POST"])
def log_correct(request: HttpRequest, public_id: str, entry_id: int) -> HttpResponse:
    access = enter(request, public_id, Permission.WRITE_LOG)
    entry = get_entry_in(access.dialogue, entry_id)
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        correct_entry(
            entry=entry,
            text=form.cleaned_data["text"],
            reason=form.cleaned_data["reason"],
            client_key=form.key,
            by=who(request),
            at=now(),
        )
        return back_to("log", access.dialogue)
    return page(request, access, "dialogues/workspace/log_correct.html", form=form, entry=entry)


@require_POST
def log_choose(request: HttpRequest, public_id: str, entry_id: int) -> HttpResponse:
    access = enter(request, public_id, Permission.CHOOSE_LOG)
    entry = get_entry_in(access.dialogue, entry_id)
    choose_entry(entry=entry, is_public="show" in request.POST, by=who(request), at=now())
    return back_to("log", access.dialogue)


@never_cache
@require_GET
def log_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id)
    entries = diary_of(access.dialogue).order_by("at", "pk")
    subjects = registry.diary_subjects(access.dialogue)
    name = f"processdagbok-{access.dialogue.slug}.pdf"
    return HttpResponse(
        diary_pdf(access.dialogue, entries, subjects, at=now()),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
