"""What “Ångra” does with what was taken off the organisation's page."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.timezone import localdate

from brygga.accounts.enums import Permission
from brygga.accounts.models import DialogueFunction, User
from brygga.accounts.operations.public_page import FunctionTakenError, put_function_back
from brygga.accounts.queries import get_organisation_for
from brygga.core.undo.offers import Facts, TooLateError

REMOVED = "page.function_removed"


def put_back(user: AbstractBaseUser, facts: Facts, at: datetime) -> None:
    assert isinstance(user, User), "the workspace lets nobody else in"
    right = Permission.EDIT_PAGE
    organisation = get_organisation_for(user, facts["organisation"], right, localdate(at))
    function = DialogueFunction.objects.filter(
        organisation=organisation, public_id=facts["function"], removed_at__isnull=False
    ).first()
    if function is None:
        raise TooLateError
    try:
        put_function_back(function=function, by=user, at=at)
    except FunctionTakenError:
        raise TooLateError from None
