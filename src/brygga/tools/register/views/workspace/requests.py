"""Those who ask for their data or to be erased: the list, a request, its answer."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts.operations.errors import LastOwnerError
from brygga.core.registry import registry as areas
from brygga.tools.register.forms.requests import AnswerForm, RequestFilter, RequestForm
from brygga.tools.register.operations.requests import (
    AlreadyDecidedError,
    ReasonNeededError,
    RecordsStayError,
    answer,
    take_in,
)
from brygga.tools.register.queries.requests import (
    get_office_for,
    get_request_for,
    person_of,
    requests_of,
)
from brygga.tools.register.rules import keeps_records
from brygga.tools.register.views.workspace import desk

PER_PAGE = 25


@require_safe
def request_list(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_office_for(desk.who(request), slug, at=desk.now())
    form = RequestFilter(request.GET)
    found = Paginator(requests_of(organisation, state=form.chosen()), PER_PAGE)
    context = {
        "organisation": organisation,
        "form": form,
        "page": found.get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "register/workspace/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def request_new(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_office_for(desk.who(request), slug, at=desk.now())
    form = RequestForm(desk.posted(request), organisation=organisation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        found = take_in(
            organisation=organisation,
            kind=data["kind"],
            email=data["email"],
            participant=data["participant"],
            identity_note=data["identity_note"],
            client_key=form.key,
            by=desk.who(request),
            at=desk.now(),
        )
        return redirect("register:request", slug, found.public_id)
    context = {"organisation": organisation, "form": form}
    return render(
        request, "register/workspace/request_new.html", context, status=desk.status_of(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one_request(request: HttpRequest, slug: str, request_id: str) -> HttpResponse:
    found = get_request_for(desk.who(request), slug, request_id, at=desk.now())
    form = AnswerForm(desk.posted(request), organisation=found.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            answer(request=found, answer=form.answer(), by=desk.who(request), at=desk.now())
        except AlreadyDecidedError:
            messages.error(request, _("Somebody has answered it."))
            return redirect("register:request", slug, request_id)
        except ReasonNeededError:
            form.add_error("reason", _("Say why not all is done."))
        except RecordsStayError:
            form.add_error(
                "state",
                _("Public records stay without a decision on disposal. Answer in part, and why."),
            )
        except LastOwnerError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Answered, and done in every part of Brygga."))
            return redirect("register:request", slug, request_id)
    context = {
        "organisation": found.organisation,
        "asked": found,
        "form": form,
        "held": areas.export_person(person_of(found)),
        "keeps_records": keeps_records(found.organisation),
        "today": timezone.localdate(),
    }
    return render(request, "register/workspace/request.html", context, status=desk.status_of(form))


@require_safe
def request_file(request: HttpRequest, slug: str, request_id: str) -> HttpResponse:
    """Give all that is held, for the person who asked."""
    found = get_request_for(desk.who(request), slug, request_id, at=desk.now())
    held = areas.export_person(person_of(found))
    return json_file(held, f"uppgifter-{found.public_id}.json")


def json_file(held: object, name: str) -> HttpResponse:
    text = json.dumps(held, ensure_ascii=False, indent=2, default=str)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
