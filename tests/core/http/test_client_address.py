from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.http import client_address, parse_networks

PROXIES = parse_networks("10.0.0.0/8, 192.0.2.7, fd00::/8")


def test_without_trusted_proxies_the_header_is_ignored() -> None:
    assert client_address("203.0.113.9", "198.51.100.1", ()) == "203.0.113.9"
    assert client_address("10.0.0.1", "198.51.100.1", ()) == "10.0.0.1"


def test_a_trusted_proxy_tells_the_client() -> None:
    assert client_address("10.0.0.1", "198.51.100.1", PROXIES) == "198.51.100.1"
    assert client_address("fd00::1", "2001:db8::5", PROXIES) == "2001:db8::5"


def test_a_chain_of_trusted_proxies_is_followed_to_its_beginning() -> None:
    header = "198.51.100.1, 192.0.2.7, 10.1.2.3"
    assert client_address("10.0.0.1", header, PROXIES) == "198.51.100.1"
    assert client_address("10.0.0.1", "10.9.9.9, 10.1.2.3", PROXIES) == "10.9.9.9"


def test_what_the_client_forged_before_the_proxy_is_ignored() -> None:
    header = "1.1.1.1, 10.0.0.5, 198.51.100.1, 10.1.2.3"
    assert client_address("10.0.0.1", header, PROXIES) == "198.51.100.1"
    assert client_address("203.0.113.9", "10.0.0.5, 198.51.100.1", PROXIES) == "203.0.113.9"


@pytest.mark.parametrize("garbage", ["unknown", "", "_hidden", "198.51.100.256", "'; drop--", ","])
def test_garbage_in_the_header_leaves_the_nearest_known_address(garbage: str) -> None:
    assert client_address("10.0.0.1", f"198.51.100.1, {garbage}", PROXIES) == "10.0.0.1"
    assert client_address("10.0.0.1", f"{garbage}, 198.51.100.1", PROXIES) == "198.51.100.1"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("198.51.100.1:54321", "198.51.100.1"),
        ("[2001:db8::5]:54321", "2001:db8::5"),
        ("[2001:db8::5]", "2001:db8::5"),
        ("2001:0DB8:0:0::5", "2001:db8::5"),
        ("::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_one_client_has_one_spelling(written: str, meant: str) -> None:
    assert client_address("10.0.0.1", written, PROXIES) == meant


def test_a_proxy_speaking_ipv6_for_ipv4_is_recognised() -> None:
    assert client_address("::ffff:10.0.0.1", "198.51.100.1", PROXIES) == "198.51.100.1"


def test_a_peer_that_is_no_address_is_an_error() -> None:
    with pytest.raises(ValueError, match="not a network address: 'unix:'"):
        client_address("unix:", "198.51.100.1", PROXIES)


@pytest.mark.parametrize("text", ["10.0.0.1/8", "proxy.example", "10.0.0.0/33", "10.0.0.0 fd00::"])
def test_a_wrong_proxy_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text.split("/", maxsplit=1)[0]):
        parse_networks(text)


def test_an_empty_proxy_list_trusts_nobody() -> None:
    assert parse_networks(" ") == ()


@given(st.ip_addresses(), st.text(max_size=60))
def test_nothing_a_client_writes_changes_its_address(client: object, forged: str) -> None:
    told = client_address("10.0.0.1", str(client), PROXIES)
    if not any(ip_address(told) in network for network in PROXIES):
        assert client_address("10.0.0.1", f"{forged},{client}", PROXIES) == told
