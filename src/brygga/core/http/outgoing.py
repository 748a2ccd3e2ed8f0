"""Calling other systems at addresses that people write: only public ones, and nothing around it.

Whoever may write an address could else make Brygga call what only Brygga can reach, such as the
database's machine or a cloud's metadata. The name is looked up once, every answer is judged, and
the connection goes to the very address that was judged, so that a name that changes its answer in
between (DNS rebinding) gains nothing. Redirects are answers, never followed.
"""

import socket
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from brygga.core.http.client_address import Address, Network, parse_networks

ANSWER_WITHIN = 5  # seconds, for the connection and for each part of the answer
DONE_WITHIN = 15  # seconds, for the whole answer
LARGEST_ANSWER = 1_000_000  # bytes
# Prefixes in which an IPv4 address hides: NAT64, 6to4 and Teredo.
TUNNELS = tuple(IPv6Network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"))


class OutgoingRefusedError(requests.RequestException):
    """Brygga does not call that address, or does not take that answer."""


class _RefusedInsideError(Exception):
    """The same, on its way out through a library that would wrap every OSError."""


def guarded_session() -> "GuardedSession":
    return GuardedSession()


class GuardedSession(requests.Session):
    """A session for `requests` that calls public https addresses only.

    `BRYGGA_OUTGOING_NETWORKS` names private networks that may be called as well; to those plain
    http is spoken too, but not in production.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxy, no .netrc
        self.adapters.clear()
        self.mount("https://", _GuardedAdapter())
        self.mount("http://", _GuardedAdapter())

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        refuse_address(request.url or "")
        kwargs |= {"timeout": ANSWER_WITHIN, "allow_redirects": False, "stream": True}
        deadline = time.monotonic() + DONE_WITHIN
        try:
            response = super().send(request, **kwargs)
        except _RefusedInsideError as error:
            raise OutgoingRefusedError(str(error)) from error
        try:
            if 300 <= response.status_code < 400:
                raise OutgoingRefusedError("The answer leads to another address.")
            response._content = _read(response, deadline)  # noqa: SLF001 – requests has no limit of its own
        finally:
            response.close()
        return response


def refuse_address(url: str) -> None:
    """Refuse what can be refused without looking a name up."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 – raises where it is no number
    except ValueError as error:
        raise OutgoingRefusedError("That is no address.") from error
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise OutgoingRefusedError("The address must begin with https://.")
    if parts.scheme == "http" and not settings.BRYGGA_OUTGOING_PLAIN:
        raise OutgoingRefusedError("The address must begin with https://.")
    if parts.username is not None or parts.password is not None:
        raise OutgoingRefusedError("The address must not hold a user name.")


def may_call(address: Address, *, plain: bool = False) -> bool:
    """Tell whether a network address may be called; without encryption only where it is named."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(_holds(network, address) for network in _named_networks()):
        return True
    return not plain and _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (
        address.teredo or any(address in tunnel for tunnel in TUNNELS)
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _named_networks() -> tuple[Network, ...]:
    return parse_networks(",".join(settings.BRYGGA_OUTGOING_NETWORKS))


def _holds(network: Network, address: Address) -> bool:
    return network.version == address.version and address in network


def _read(response: Any, deadline: float) -> bytes:
    read = bytearray()
    for part in response.iter_content(65_536):
        read += part
        if len(read) > LARGEST_ANSWER:
            raise OutgoingRefusedError("The answer is too large.")
        if time.monotonic() > deadline:
            raise OutgoingRefusedError("The answer takes too long.")
    return bytes(read)


def _connect(host: str, port: int, *, plain: bool) -> socket.socket:
    """Connect to one of a name's addresses, if all of them may be called."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _RefusedInsideError("There is no such name.") from error
    addresses = list(dict.fromkeys(_addresses(found)))
    if not addresses or not all(may_call(address, plain=plain) for address in addresses):
        raise _RefusedInsideError("That address is not open to Brygga.")
    failed: OSError = OSError("no address")
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), timeout=ANSWER_WITHIN)
        except OSError as error:
            failed = error
    raise failed


def _addresses(found: Iterable[Any]) -> Iterable[IPv4Address | IPv6Address]:
    for entry in found:
        yield ip_address(str(entry[4][0]).split("%")[0])


class _PlainConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self, plain=True)


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self, plain=False)


def _connected(connection: HTTPConnection, *, plain: bool) -> socket.socket:
    return _connect(connection.host, connection.port or (80 if plain else 443), plain=plain)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _GuardedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        manager: PoolManager = self.poolmanager
        manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}
