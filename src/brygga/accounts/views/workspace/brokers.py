from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.forms.brokers import BrokerForm
from brygga.accounts.forms.workspace import posted
from brygga.accounts.operations.brokers import save_broker
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.queries.brokers import brokers_of, get_broker_of
from brygga.accounts.views.workspace import show


@require_safe
def brokers(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    own = queries.get_organisation_for(request.user, slug, Permission.MANAGE_OWN_LOGIN, day)
    return show(request, "accounts/brokers.html", own, day, brokers=brokers_of(own))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_broker(request: HttpRequest, slug: str, public_id: str = "") -> HttpResponse:
    day = timezone.localdate()
    own = queries.get_organisation_for(request.user, slug, Permission.MANAGE_OWN_LOGIN, day)
    broker = get_broker_of(own, public_id) if public_id else None
    form = BrokerForm(posted(request), broker=broker)
    if form.is_valid():
        by = queries.signed_in(request)
        try:
            save_broker(
                organisation=own, broker=broker, facts=form.facts(), by=by, at=timezone.now()
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            messages.success(request, gettext("Saved."))
            return redirect("accounts:brokers", slug)
    callback = ""
    if broker:
        callback = request.build_absolute_uri(reverse("dialogues:identified", args=[public_id]))
    context = {"form": form, "broker": broker, "callback": callback}
    return show(request, "accounts/broker_edit.html", own, day, **context)
