"""Brygga calls public addresses only, and the one that it has judged."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
import requests

from brygga.core.http import outgoing
from brygga.core.http.outgoing import OutgoingRefusedError, guarded_session, may_call

LOOPBACK = ["127.0.0.0/8", "::1"]


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(302 if self.path == "/elsewhere" else 200)
        if self.path == "/elsewhere":
            self.send_header("Location", "/secret")
        self.end_headers()
        size = outgoing.LARGEST_ANSWER + 1 if self.path == "/large" else 4
        self.wfile.write(b"x" * size)

    def log_message(self, *_):
        pass


@pytest.fixture
def neighbour():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = []
    server.address = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def named(settings):
    settings.BRYGGA_OUTGOING_NETWORKS = LOOPBACK
    settings.BRYGGA_OUTGOING_PLAIN = True


def refused(address):
    with pytest.raises(OutgoingRefusedError) as caught:
        guarded_session().get(address)
    return str(caught.value)


def test_a_named_network_may_be_called(neighbour, named):
    assert guarded_session().get(neighbour.address + "/a").content == b"xxxx"
    assert neighbour.asked == ["/a"]


def test_a_private_network_that_is_not_named_is_never_reached(neighbour, settings):
    settings.BRYGGA_OUTGOING_NETWORKS = []
    settings.BRYGGA_OUTGOING_PLAIN = True
    assert "not open" in refused(neighbour.address)
    assert neighbour.asked == []


def test_without_encryption_only_a_named_network_and_never_in_production(neighbour, settings):
    settings.BRYGGA_OUTGOING_NETWORKS = LOOPBACK
    settings.BRYGGA_OUTGOING_PLAIN = False
    assert "https://" in refused(neighbour.address)
    settings.BRYGGA_OUTGOING_PLAIN = True
    assert not may_call(ip_address("193.10.0.1"), plain=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)
def test_no_address_inside_may_be_called_however_it_is_written(settings, address):
    settings.BRYGGA_OUTGOING_NETWORKS = []
    assert not may_call(ip_address(address))


def test_a_public_address_may_be_called(settings):
    settings.BRYGGA_OUTGOING_NETWORKS = []
    assert may_call(ip_address("193.10.0.1"))
    assert may_call(ip_address("2001:6b0::1"))


@pytest.mark.parametrize(
    "address",
    [
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost/",
        "https://127.0.0.1:0/",
        "file:///etc/passwd",
        "ftp://example.test/",
        "gopher://127.0.0.1/",
        "https://",
        "https://user:word@example.test/",
        "https://example.test:port/",
        "//example.test/",
        "https://example.test\\@127.0.0.1/",
    ],
)
def test_tricks_with_addresses_are_refused(address):
    with pytest.raises(requests.RequestException):
        guarded_session().get(address)


def test_a_redirect_is_not_followed(neighbour, named):
    assert "leads to another" in refused(neighbour.address + "/elsewhere")
    assert neighbour.asked == ["/elsewhere"]


def test_an_answer_has_a_largest_size(neighbour, named):
    assert "too large" in refused(neighbour.address + "/large")


@contextmanager
def answering(monkeypatch, answers):
    """Let the resolver give these answers, one lookup after the other."""
    asked = []

    def look_up(host, port, *args, **kwargs):
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in answers[min(len(asked), len(answers)) - 1]
        ]

    monkeypatch.setattr(outgoing.socket, "getaddrinfo", look_up)
    yield asked


def test_a_name_with_one_address_inside_is_refused_whole(monkeypatch):
    with answering(monkeypatch, [["193.10.0.1", "10.0.0.1"]]):
        assert "not open" in refused("https://login.example.test/")


def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch):
    """DNS rebinding: the second answer, an address inside, is never asked for."""
    connected = []

    def connect(target, timeout):
        connected.append(target)
        raise OSError("no network here")

    monkeypatch.setattr(outgoing.socket, "create_connection", connect)
    answers = answering(monkeypatch, [["193.10.0.1"], ["127.0.0.1"]])
    with answers as asked, pytest.raises(requests.RequestException):
        guarded_session().get("https://login.example.test/")
    assert connected == [("193.10.0.1", 443)]
    assert asked == ["login.example.test"]


def test_the_environment_gives_no_proxy(monkeypatch, neighbour, named):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    assert guarded_session().get(neighbour.address + "/b").status_code == 200
