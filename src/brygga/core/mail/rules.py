"""Who may see how the mail fares: the floor that knows roles grants the right, else nobody."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from rules.permissions import has_perm

SEE_HEALTH = "mail.see_health"


def may_see_health(user: AbstractBaseUser | AnonymousUser, day: date) -> bool:
    return bool(has_perm(SEE_HEALTH, user, day))
