from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from brygga.core.mail import operations, queries
from brygga.core.mail.forms import ChosenMessageForm

Decision = Callable[..., object]


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    found = queries.get_health_for(request.user, at=timezone.now())
    return render(request, "mail/health.html", {"health": found})


@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    return _decide(request, operations.send_again, _("The letter is in line to be sent again."))


@require_POST
def let_be(request: HttpRequest) -> HttpResponse:
    return _decide(request, operations.let_be, _("The letter is left as it is."))


def _decide(request: HttpRequest, decision: Decision, done: str) -> HttpResponse:
    at = timezone.now()
    queries.check_may_see_health(request.user, at=at)
    form = ChosenMessageForm(request.POST)
    message_id = form.cleaned_data["message_id"] if form.is_valid() else ""
    try:
        decision(message_id=message_id, by=request.user, at=at)
    except operations.AlreadyDecidedError:
        messages.error(request, _("Nothing was changed: this letter has already been seen to."))
    else:
        messages.success(request, done)
    return redirect("mail:health")
