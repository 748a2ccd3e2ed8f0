"""“Till diariet”: what goes, what has gone, and the number that comes back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.dialogues.rules import Permission
from brygga.tools.register.forms.deliveries import CorrectionForm, DeliveryForm, NumberForm
from brygga.tools.register.operations.deliveries import (
    ForeignBodyError,
    MadeAlreadyError,
    NoAddressError,
    ask_for_delivery,
    make_again,
)
from brygga.tools.register.operations.numbers import (
    CorrectionNeedsReasonError,
    NotMadeYetError,
    StrangeNumberError,
    enter_number,
)
from brygga.tools.register.queries.deliveries import (
    DeliveryAccess,
    deliveries_of,
    get_delivery_for,
    get_paper,
    latest_number,
)
from brygga.tools.register.queries.parts import parts_offered
from brygga.tools.register.views.workspace import desk

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, public_id: str) -> HttpResponse:
    access = desk.enter(request, public_id, Permission.SEND_TO_REGISTER)
    dialogue = access.dialogue
    form = DeliveryForm(desk.posted(request), dialogue=dialogue, parts=parts_offered(dialogue))
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_for_delivery(
                dialogue=dialogue,
                body=form.cleaned_data["body"],
                scope=form.cleaned_data["scope"],
                left_out=form.left_out,
                client_key=form.key,
                by=desk.who(request),
                at=desk.now(),
            )
        except NoAddressError:
            form.add_error("body", _("This body has no address to its registrar. Give it first."))
        except ForeignBodyError:
            form.add_error("body", _("This body does not own the dialogue."))
        else:
            if asked.job is not None:
                return redirect("jobs:job", asked.job.public_id)
            return desk.back_to("delivery", dialogue, asked.delivery.public_id)
    found = Paginator(deliveries_of(dialogue), PER_PAGE).get_page(request.GET.get("page"))
    return desk.page(
        request,
        access,
        "register/workspace/overview.html",
        status=desk.status_of(form),
        form=form,
        page=found,
    )


@require_safe
def delivery(request: HttpRequest, public_id: str, delivery_id: str) -> HttpResponse:
    held = get_delivery_for(desk.who(request), public_id, delivery_id, at=desk.now())
    return _show(request, held, None)


@require_POST
def number(request: HttpRequest, public_id: str, delivery_id: str) -> HttpResponse:
    held = get_delivery_for(
        desk.who(request), public_id, delivery_id, Permission.REGISTER, at=desk.now()
    )
    form = _form_for(held)(request.POST)
    if form.is_valid():
        try:
            enter_number(
                delivery=held.delivery,
                dnr=form.cleaned_data["dnr"],
                reason=form.cleaned_data.get("reason", ""),
                by=desk.who(request),
                at=desk.now(),
            )
        except NotMadeYetError:
            form.add_error(None, _("The files are not made yet."))
        except CorrectionNeedsReasonError:
            form.add_error(None, _("Somebody has entered a number. Say why it is changed."))
        except StrangeNumberError as error:
            series = str(error)
            form.add_error(
                "dnr",
                _("Write it as the body does, for instance %(example)s.")
                % {"example": f"{series or 'KS'} 2026/123"},
            )
        else:
            messages.success(request, _("Entered. It stands on the dialogue's page."))
            return desk.back_to("delivery", held.access.dialogue, delivery_id)
    return _show(request, held, form)


@require_POST
def again(request: HttpRequest, public_id: str, delivery_id: str) -> HttpResponse:
    """Ask once more for files that were not made."""
    held = get_delivery_for(desk.who(request), public_id, delivery_id, at=desk.now())
    try:
        job = make_again(delivery=held.delivery, by=desk.who(request), at=desk.now())
    except MadeAlreadyError:
        messages.success(request, _("The files are made."))
        return desk.back_to("delivery", held.access.dialogue, delivery_id)
    return redirect("jobs:job", job.public_id)


@require_safe
def paper(request: HttpRequest, public_id: str, delivery_id: str, kind: str) -> HttpResponse:
    held = get_delivery_for(desk.who(request), public_id, delivery_id, at=desk.now())
    found = get_paper(held.delivery, kind)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)


def _form_for(held: DeliveryAccess) -> type[NumberForm]:
    return CorrectionForm if held.delivery.dnr else NumberForm


def _show(request: HttpRequest, held: DeliveryAccess, form: NumberForm | None) -> HttpResponse:
    delivery = held.delivery
    initial = {"dnr": delivery.dnr or latest_number(delivery.dialogue, delivery.body_id)}
    shown = form or _form_for(held)(initial=initial)
    return desk.page(
        request,
        held.access,
        "register/workspace/delivery.html",
        status=desk.status_of(shown),
        held=held,
        delivery=delivery,
        form=shown,
    )
