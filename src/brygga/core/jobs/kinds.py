"""What the areas say of their kinds of long job: who may see one, and whether it can be stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser

MaySee = Callable[[AbstractBaseUser, str, datetime], bool]


@dataclass(frozen=True)
class Kind:
    """`may_see` is asked with the job's subject; without it the one who started it sees it."""

    name: str
    may_see: MaySee | None = None
    can_be_cancelled: bool = False


_kinds: dict[str, Kind] = {}


def offer_kind(kind: Kind) -> None:
    """Called in AppConfig.ready."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    return _kinds.get(name) or Kind(name)
