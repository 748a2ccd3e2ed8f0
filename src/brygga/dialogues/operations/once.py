"""The same form sent twice makes one thing."""

from typing import Any, TypeVar

from django.db.models import Manager, Model

Thing = TypeVar("Thing", bound=Model)


def create_once(
    things: Manager[Thing], client_key: str | None, /, **fields: Any
) -> tuple[Thing, bool]:
    """Create a thing, or give the one that the same key has made; and tell whether it is new.

    Without a key every call creates. The column `client_key` is unique, so that two calls at once
    make one thing too.
    """
    if not client_key:
        return things.create(**fields), True
    return things.get_or_create(client_key=client_key, defaults=fields)
