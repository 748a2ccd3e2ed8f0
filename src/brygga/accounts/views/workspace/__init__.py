"""The organisation in the workspace: what it is, its bodies, its people, its invitations."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brygga.accounts.enums import Permission
from brygga.accounts.forms.workspace import RefusableForm
from brygga.accounts.models import Organisation
from brygga.accounts.operations.errors import RefusalError
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


def written(
    request: HttpRequest, form: RefusableForm, write: Callable[[], object], told: str
) -> bool:
    """Do what a form asks and say so; where it is refused, the form says why."""
    if not form.is_valid():
        return False
    try:
        write()
    except RefusalError as error:
        form.refuse(error)
        return False
    messages.success(request, told)
    return True
