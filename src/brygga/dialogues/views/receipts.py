"""A participant's own page, had by its secret address or by the cookie of the dialogue."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from brygga.core.http.qr import qr_svg
from brygga.dialogues.models import Participant
from brygga.dialogues.operations.participants import (
    CannotBeWithdrawnError,
    NotYourContributionError,
    remember,
    withdraw,
)
from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.participants import get_participant, participant_of, secret_in
from brygga.dialogues.queries.receipts import get_receipt


@login_not_required
@require_safe
@never_cache
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        participant = get_participant(secret)
    except Http404:
        return render(request, "dialogues/receipt_unknown.html", status=404)
    language = language_for(request, participant)
    with translation.override(language):
        response = render(
            request, "dialogues/receipt.html", receipt_context(request, participant, secret)
        )
    response.headers["Content-Language"] = language
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def receipt_context(
    request: HttpRequest, participant: Participant, secret: str
) -> dict[str, object]:
    address = request.build_absolute_uri(request.path)
    return {
        "receipt": get_receipt(participant),
        "participant": participant,
        "dialogue": participant.dialogue,
        "secret": secret,
        "address": address,
        "qr": qr_svg(address, _("QR code that leads to this page")),
        "is_here": secret_in(participant.dialogue, request.COOKIES) == secret,
        **participant.dialogue.organisation.as_owner(),
        "today": timezone.localdate(),
    }


def language_for(request: HttpRequest, participant: Participant) -> str:
    """Speak the participant's language on a device where none has been chosen."""
    chosen = request.GET.get("lang") or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen or participant.language not in dict(settings.LANGUAGES):
        return translation.get_language() or settings.LANGUAGE_CODE
    return participant.language


@login_not_required
@require_safe
@never_cache
def my_receipt(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Lead to the receipt of whoever has this dialogue's cookie."""
    del slug
    dialogue = get_public_dialogue(public_id, request.user)
    if participant_of(dialogue, request.COOKIES) is None:
        return render(request, "dialogues/no_receipt.html", {"dialogue": dialogue}, status=404)
    return redirect("dialogues:receipt", secret_in(dialogue, request.COOKIES))


@login_not_required
@require_POST
def withdraw_contribution(request: HttpRequest, secret: str, public_id: str) -> HttpResponse:
    participant = get_participant(secret)
    try:
        withdraw(participant=participant, public_id=public_id, at=timezone.now())
    except NotYourContributionError as error:
        raise Http404 from error
    except CannotBeWithdrawnError:
        messages.error(request, _("It is no longer shown, so there is nothing to take back."))
    else:
        messages.success(request, _("You have taken it back. It is no longer shown."))
    return redirect("dialogues:receipt", secret)


@login_not_required
@require_POST
def continue_here(
    request: HttpRequest,  # noqa: ARG001 - Django's signature
    secret: str,
) -> HttpResponse:
    """Make this browser the participant's, for who moves from a borrowed phone to their own."""
    participant = get_participant(secret)
    response = redirect(participant.dialogue)
    remember(response, participant.dialogue, secret)
    return response
