"""The organisation in the workspace: what it is, its bodies, its people, its invitations."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brygga.accounts.enums import Permission
from brygga.accounts.models import Organisation
from brygga.accounts.rules import rights_among


def show(
    request: HttpRequest, template: str, organisation: Organisation, day: date, **more: object
) -> HttpResponse:
    """Render a page of the organisation, with what the reader may do there."""
    rights = rights_among(Permission, request.user, organisation, day)
    common = {
        "organisation": organisation,
        "owner_accent": organisation.accent,
        "rights": rights,
        "today": day,
    }
    return render(request, template, common | more)
