"""One person's own data: by the receipt, or by the account."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from brygga.accounts.models import User
from brygga.accounts.operations.errors import LastOwnerError
from brygga.core.registry import Person
from brygga.core.registry import registry as areas
from brygga.dialogues.models import Participant
from brygga.dialogues.operations.erasure import withdraw_everything
from brygga.dialogues.queries.participants import cookie_name, get_participant
from brygga.tools.register.operations.requests import erase_by_receipt
from brygga.tools.register.queries.deliveries import numbers_of
from brygga.tools.register.rules import keeps_records


def person_with(participant: Participant) -> Person:
    return Person(
        participant_id=participant.pk, organisation_id=participant.dialogue.organisation_id
    )


@login_not_required
@require_safe
@never_cache
def my_data(request: HttpRequest, secret: str) -> HttpResponse:
    participant = get_participant(secret)
    organisation = participant.dialogue.organisation
    context = {
        "participant": participant,
        "dialogue": participant.dialogue,
        "secret": secret,
        "held": areas.export_person(person_with(participant)),
        "keeps_records": keeps_records(organisation),
        "numbers": numbers_of(participant.dialogue),
        **organisation.as_owner(),
    }
    response = render(request, "register/public/my_data.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
@never_cache
def my_file(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 - Django's signature
    participant = get_participant(secret)
    held = areas.export_person(person_with(participant))
    return as_file(held, f"mina-uppgifter-{participant.public_id}.json")


@login_not_required
@require_POST
def withdraw_all(request: HttpRequest, secret: str) -> HttpResponse:
    withdraw_everything(participant=get_participant(secret), at=timezone.now())
    messages.success(request, _("All is taken back. Nothing of it is shown any more."))
    return redirect("dialogues:receipt", secret)


@login_not_required
@require_POST
def erase_me(request: HttpRequest, secret: str) -> HttpResponse:
    participant = get_participant(secret)
    dialogue = participant.dialogue
    asked = erase_by_receipt(participant=participant, at=timezone.now())
    if asked.decided_at is None:
        messages.success(
            request,
            _("All is taken back and hidden. Your wish to be erased is answered within a month."),
        )
        return redirect("register:my_data", secret)
    messages.success(request, _("All that you said here is erased."))
    response = redirect(dialogue)
    response.delete_cookie(cookie_name(dialogue))
    return response


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "register/public/account.html", {"held": held_of(signed_in(request))})


@require_safe
@never_cache
def account_file(request: HttpRequest) -> HttpResponse:
    return as_file(held_of(signed_in(request)), "mina-uppgifter.json")


@require_POST
def erase_account(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if request.POST.get("sure") != "on":
        messages.error(request, _("Tick the box first, so that nothing goes by mistake."))
        return redirect("register:account")
    person = Person(email=user.email, user_id=user.pk)
    try:
        areas.erase_person(person, timezone.now(), with_records=False)
    except LastOwnerError as error:
        messages.error(request, str(error))
        return redirect("register:account")
    logout(request)
    messages.success(request, _("Your account is erased."))
    return redirect("/")


def signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def held_of(user: User) -> dict[str, object]:
    return {**areas.export_person(Person(email=user.email, user_id=user.pk))}


def as_file(held: object, name: str) -> HttpResponse:
    text = json.dumps(held, ensure_ascii=False, indent=2, default=str)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
