"""Who may read a file: whoever its owner's app says may. Default: nobody."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from brygga.core.files.models import StoredFile
from brygga.core.registry import registry


def may_read(reader: AbstractBaseUser | AnonymousUser, file: StoredFile, at: datetime) -> bool:
    return registry.may_read_file(file.owner_kind, reader, file.pk, at)
