"""Showing by e-ID who one is, where a dialogue demands it: a neutral choice, there and back."""

import json
from dataclasses import asdict
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from brygga.accounts.adapter.broker import BROKER_FAILURES, Begun, begin, person_in
from brygga.accounts.models.secrets import decrypt, encrypt
from brygga.core.limits.requests import count_request
from brygga.dialogues.models import Dialogue, IdentityDemand
from brygga.dialogues.operations.identity import join_identified
from brygga.dialogues.operations.participants import remember
from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.identity import brokers_to_choose, demand_of, get_broker_for
from brygga.dialogues.rules import Permission

COOKIE = "brygga_legitimering"
BACK = "/legitimerad/"  # the cookie goes nowhere else
TIME_TO_ANSWER = 600  # seconds
STARTS_A_DAY = 2_000  # from one address; a whole school may sit behind one


def _demanded(request: HttpRequest, public_id: str) -> tuple[Dialogue, IdentityDemand]:
    dialogue = get_public_dialogue(public_id, request.user, Permission.READ)
    demand = demand_of(dialogue)
    if demand is None:
        raise Http404
    demand.dialogue = dialogue
    return dialogue, demand


def _next(request: HttpRequest, dialogue: Dialogue) -> str:
    """Give the page of ours that one came from."""
    asked = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours else dialogue.get_absolute_url()


@login_not_required
@never_cache
@require_safe
def identify(request: HttpRequest, public_id: str) -> HttpResponse:
    dialogue, demand = _demanded(request, public_id)
    return choose(request, dialogue, demand, _next(request, dialogue))


def choose(
    request: HttpRequest,
    dialogue: Dialogue,
    demand: IdentityDemand,
    back: str,
    *,
    failed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "dialogue": dialogue,
        "demand": demand,
        "brokers": brokers_to_choose(dialogue),
        "next": back,
        "failed": failed,
    }
    return render(request, "dialogues/identify.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def start_identifying(request: HttpRequest, public_id: str, broker_id: str) -> HttpResponse:
    """Lead to the broker. A GET, since the policy for forms lets them lead nowhere else."""
    dialogue, demand = _demanded(request, public_id)
    broker = get_broker_for(dialogue, broker_id)
    count_request(request, scope="identify", limit=STARTS_A_DAY, at=timezone.now())
    callback = request.build_absolute_uri(reverse("dialogues:identified", args=[broker_id]))
    back = _next(request, dialogue)
    try:
        address, begun = begin(broker, callback)
    except BROKER_FAILURES:
        return choose(request, dialogue, demand, back, failed=True, status=424)
    kept = asdict(begun) | {
        "broker": broker_id,
        "dialogue": public_id,
        "next": back,
        "until": timezone.now().timestamp() + TIME_TO_ANSWER,
    }
    response = HttpResponseRedirect(address)
    response.set_cookie(
        COOKIE,
        encrypt(json.dumps(kept)),
        max_age=TIME_TO_ANSWER,
        path=BACK,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@login_not_required
@never_cache
@require_safe
def identified(request: HttpRequest, broker_id: str) -> HttpResponse:
    try:
        kept = json.loads(decrypt(request.COOKIES.get(COOKIE, "")))
    except InvalidToken:
        return render(request, "dialogues/not_identified.html", status=401)
    dialogue = get_public_dialogue(kept["dialogue"], request.user, Permission.READ)
    demand = demand_of(dialogue)
    response: HttpResponse = HttpResponseRedirect(kept["next"])
    if demand is not None:  # else it has been lifted while one was away
        demand.dialogue = dialogue
        try:
            person = _answered(request, dialogue, broker_id, kept)
        except (*BROKER_FAILURES, Http404):
            response = choose(request, dialogue, demand, kept["next"], failed=True, status=401)
        else:
            language = get_language() or settings.LANGUAGE_CODE
            at = timezone.now()
            joined = join_identified(demand=demand, person=person, language=language, at=at)
            remember(response, dialogue, joined.secret)
    response.delete_cookie(COOKIE, path=BACK)
    return response


def _answered(
    request: HttpRequest, dialogue: Dialogue, broker_id: str, kept: dict[str, Any]
) -> str:
    """Give who it is; raises one of BROKER_FAILURES, or Http404 where the broker is turned off."""
    if kept["broker"] != broker_id or timezone.now().timestamp() > kept["until"]:
        raise InvalidToken
    callback = request.build_absolute_uri(reverse("dialogues:identified", args=[broker_id]))
    begun = Begun(kept["state"], kept["nonce"], kept["verifier"])
    return person_in(get_broker_for(dialogue, broker_id), begun, request.GET.dict(), callback)
