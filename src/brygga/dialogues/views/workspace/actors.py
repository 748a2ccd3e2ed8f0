"""The actor map: the picture, the list, one actor, and who is missing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from brygga.core.exports import export_file, wanted_format
from brygga.core.ui.sorting import Sorting
from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.exports import ACTORS, actors_to_export
from brygga.dialogues.forms.actors import (
    ActorFilterForm,
    ActorForm,
    ContactForm,
    ObstacleForm,
    SetAsideForm,
)
from brygga.dialogues.models import Actor
from brygga.dialogues.operations.actors import (
    CircularSuggestionError,
    SameActorError,
    TooManyObstaclesError,
    add_actor,
    add_obstacle,
    edit_actor,
    remove_actor,
    remove_contact,
    remove_obstacle,
    save_contact,
    set_aside,
    take_up_again,
)
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.queries.access import Access
from brygga.dialogues.queries.actor_picture import actors_key, draw_actors
from brygga.dialogues.queries.actors import (
    SORTS,
    activities_reaching,
    actors_of,
    chain_of,
    forgotten_group,
    get_actor_in,
    suggested_by,
    who_is_missing,
)
from brygga.dialogues.rules import Permission
from brygga.dialogues.views.workspace.desk import back_to, enter, now, page, posted, who

PER_PAGE = 100  # so that the picture and its table hold the same on nearly every map


@require_GET
def actors(request: HttpRequest, public_id: str) -> HttpResponseBase:
    access = enter(request, public_id)
    form = ActorFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    sorting = Sorting.asked_for(request, SORTS, "affected")
    found = actors_of(
        access.dialogue,
        words=wanted.get("q", ""),
        kind=wanted.get("kind", ""),
        affected=wanted.get("affected", ""),
        reached=wanted.get("reached", ""),
        sort=sorting.key,
        is_descending=sorting.is_descending,
    )
    if form_of_file := wanted_format(request):
        rows_of_file = actors_to_export(found)
        about, day = access.dialogue.slug, localdate(now())
        return export_file(form_of_file, ACTORS, rows_of_file, about=about, day=day)
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    return page(
        request,
        access,
        "dialogues/workspace/actors.html",
        form=form,
        sorting=sorting,
        page=shown,
        rows=rows,
        picture=draw_actors(rows),
        key=actors_key(),
        is_filtered=any(wanted.values()),
        missing=who_is_missing(access.dialogue),
    )


@require_http_methods(["GET", "POST"])
def actor_new(request: HttpRequest, public_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MAP_ACTORS)
    form = _form(request, access)
    if request.method == "POST" and form.is_valid():
        try:
            actor = add_actor(
                dialogue=access.dialogue,
                facts=form.after,
                client_key=form.key,
                by=who(request),
                at=now(),
            )
        except SameActorError:
            form.add_error("name", _("That name is on the map already."))
        else:
            return back_to("actor", access.dialogue, actor.public_id)
    return page(request, access, "dialogues/workspace/actor_edit.html", form=form)


@require_GET
def actor(request: HttpRequest, public_id: str, actor_id: str) -> HttpResponse:
    access = enter(request, public_id)
    return _actor_page(request, access, get_actor_in(access.dialogue, actor_id))


@require_http_methods(["GET", "POST"])
def actor_edit(request: HttpRequest, public_id: str, actor_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MAP_ACTORS)
    shown = get_actor_in(access.dialogue, actor_id)
    form = _form(request, access, shown)
    if request.method == "POST" and form.is_valid():
        try:
            edit_actor(actor=shown, before=form.before, after=form.after, by=who(request), at=now())
        except EditConflictError as error:
            form.show_clashes(error.clashes)
        except SameActorError:
            form.add_error("name", _("That name is on the map already."))
        except CircularSuggestionError:
            form.add_error("suggested_by", _("They were suggested by this actor themselves."))
        else:
            return back_to("actor", access.dialogue, actor_id)
    return page(request, access, "dialogues/workspace/actor_edit.html", form=form, actor=shown)


@require_POST
def actor_obstacle(request: HttpRequest, public_id: str, actor_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MAP_ACTORS)
    shown = get_actor_in(access.dialogue, actor_id)
    if (gone := request.POST.get("remove", "")).isdecimal():
        remove_obstacle(actor=shown, position=int(gone[:4]), by=who(request), at=now())
        return back_to("actor", access.dialogue, actor_id)
    form = ObstacleForm(request.POST)
    if form.is_valid():
        try:
            add_obstacle(actor=shown, **form.cleaned_data, by=who(request), at=now())
        except TooManyObstaclesError:
            form.add_error(None, _("Keep to the most important obstacles. Remove one first."))
        else:
            return back_to("actor", access.dialogue, actor_id)
    return _actor_page(request, access, shown, obstacle_form=form, status=422)


@require_POST
def actor_contact(request: HttpRequest, public_id: str, actor_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MAP_ACTORS)
    shown = get_actor_in(access.dialogue, actor_id)
    if "remove" in request.POST:
        remove_contact(actor=shown, by=who(request), at=now())
        return back_to("actor", access.dialogue, actor_id)
    form = ContactForm(request.POST, today=localdate(now()))
    if form.is_valid():
        save_contact(actor=shown, **form.cleaned_data, by=who(request), at=now())
        return back_to("actor", access.dialogue, actor_id)
    return _actor_page(request, access, shown, contact_form=form, status=422)


@require_POST
def actor_remove(request: HttpRequest, public_id: str, actor_id: str) -> HttpResponse:
    access = enter(request, public_id, Permission.MAP_ACTORS)
    shown = get_actor_in(access.dialogue, actor_id)
    if request.POST.get("remove") != actor_id:
        return back_to("actor", access.dialogue, actor_id)
    remove_actor(actor=shown, by=who(request), at=now())
    messages.success(request, _("%(name)s is off the map.") % {"name": shown.name})
    return back_to("actors", access.dialogue)


@require_http_methods(["GET", "POST"])
def actors_missing(request: HttpRequest, public_id: str) -> HttpResponse:
    is_post = request.method == "POST"
    access = enter(
        request, public_id, Permission.MAP_ACTORS if is_post else Permission.SEE_WORKSPACE
    )
    form, status = SetAsideForm(), 200
    asked = request.POST.get("group", "")
    if is_post:
        group = forgotten_group(asked)
        if group is None:
            raise Http404
        if "add" in request.POST:
            return _add_group(request, access, asked, group.text)
        if "again" in request.POST:
            take_up_again(dialogue=access.dialogue, code=asked, by=who(request), at=now())
            return back_to("actors_missing", access.dialogue)
        form = SetAsideForm(request.POST)
        if form.is_valid():
            set_aside(
                dialogue=access.dialogue,
                code=asked,
                reason=form.cleaned_data["reason"],
                by=who(request),
                at=now(),
            )
            return back_to("actors_missing", access.dialogue)
        status = 422
    return page(
        request,
        access,
        "dialogues/workspace/actors_missing.html",
        status=status,
        missing=who_is_missing(access.dialogue),
        form=form,
        asked=asked,
    )


def _add_group(request: HttpRequest, access: Access, code: str, name: str) -> HttpResponse:
    facts = {"name": name, "kind": ActorKind.GROUP, "affected": Affected.PARTLY}
    try:
        actor = add_actor(
            dialogue=access.dialogue, facts=facts, forgotten_code=code, by=who(request), at=now()
        )
    except SameActorError:
        messages.info(request, _("That name is on the map already."))
        return back_to("actors_missing", access.dialogue)
    return back_to("actor_edit", access.dialogue, actor.public_id)


def _form(request: HttpRequest, access: Access, actor: Actor | None = None) -> ActorForm:
    return ActorForm(
        posted(request), instance=actor, dialogue=access.dialogue, today=localdate(now())
    )


def _actor_page(
    request: HttpRequest,
    access: Access,
    shown: Actor,
    obstacle_form: ObstacleForm | None = None,
    contact_form: ContactForm | None = None,
    status: int = 200,
) -> HttpResponse:
    contact = getattr(shown, "contact", None) if access.may(Permission.MAP_ACTORS) else None
    held = (
        {"name": contact.name, "way": contact.way, "keep_until": contact.keep_until}
        if contact
        else None
    )
    return page(
        request,
        access,
        "dialogues/workspace/actor.html",
        status=status,
        actor=shown,
        contact=contact,
        chain=chain_of(shown),
        suggestions=suggested_by(shown),
        obstacles=shown.obstacles.order_by("position"),
        activities=activities_reaching(shown),
        obstacle_form=obstacle_form or ObstacleForm(),
        contact_form=contact_form or ContactForm(today=localdate(now()), initial=held),
    )
