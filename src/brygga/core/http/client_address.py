"""The network address that a request came from, also behind proxies; forged headers are ignored."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](?::\d+)?|(?P<v4>[\d.]+):\d+")


def client_address(peer: str, forwarded_for: str, trusted: Sequence[Network]) -> str:
    """Tell the client's address from the connection's `peer` and the X-Forwarded-For header.

    The header is read from its end, where each proxy appends who called it, and only as far as the
    addresses are trusted proxies: what a client wrote further to the left is never believed. The
    same client always gives the same text. Raises ValueError when `peer` is no address.
    """
    nearest = _parse(peer)
    if nearest is None:
        raise ValueError(f"The connection's peer is not a network address: {peer!r}")
    for hop in reversed(forwarded_for.split(",")):
        claimed = _parse(hop.strip())
        if claimed is None or not any(nearest in network for network in trusted):
            break
        nearest = claimed
    return str(nearest)


def parse_networks(text: str) -> tuple[Network, ...]:
    """Read a comma-separated list of addresses and networks, such as "10.0.0.0/8, ::1".

    Raises ValueError naming the entry that is none.
    """
    return tuple(ip_network(entry.strip()) for entry in text.split(",") if entry.strip())


def _parse(text: str) -> Address | None:
    bracketed = _WITH_PORT.fullmatch(text)
    host = (bracketed["v6"] or bracketed["v4"]) if bracketed else text
    try:
        address = ip_address(host)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address
