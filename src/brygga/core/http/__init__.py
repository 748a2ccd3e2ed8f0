"""What addresses carry: public ids of things and network addresses of clients."""

from brygga.core.http.client_address import client_address, parse_networks
from brygga.core.http.public_ids import PUBLIC_ID_LENGTH, PUBLIC_ID_PATTERN, new_public_id

__all__ = [
    "PUBLIC_ID_LENGTH",
    "PUBLIC_ID_PATTERN",
    "client_address",
    "new_public_id",
    "parse_networks",
]
