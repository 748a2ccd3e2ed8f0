"""The real web server on the test's own database, and a browser's side of a stream."""

import http.client
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.test import Client

from brygga.accounts.models.session import SessionStore
from tests.core.jobs.office import ROOT, environment

NAME = "brygga-live-trial"


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Server:
    def __init__(self):
        self.port = free_port()
        more = {"BRYGGA_SECRET_KEY": settings.SECRET_KEY, "PGAPPNAME": NAME}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "brygga.config.web", "--port", str(self.port)],
            cwd=ROOT,
            env=environment(**more),
        )
        for _ in range(600):
            if self.get("/komponenter/") == 200:
                return
            assert self.process.poll() is None
            time.sleep(0.1)
        raise AssertionError("The server did not answer.")

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def get(self, path, cookie=""):
        connection = self.connection()
        try:
            connection.request("GET", path, headers={"Cookie": cookie})
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


class Stream:
    """One open stream, read event by event."""

    def __init__(self, server, path, cookie):
        self.connection = server.connection()
        self.connection.request("GET", path, headers={"Cookie": cookie})
        self.response = self.connection.getresponse()

    def next_event(self):
        """Give the next event's name and data; heartbeats are passed over."""
        name, data = "", []
        while line := self.response.readline().decode():
            if line == "\n" and name:
                return name, "\n".join(data)
            field, _, value = line.rstrip("\n").partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                data.append(value)
        return "closed", ""

    def until(self, text):
        while True:
            name, data = self.next_event()
            assert name == "part", f"{name} came before {text}"
            if text in data:
                return data

    def close(self):
        self.response.close()
        self.connection.close()


def cookie_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key).exists(key)
    return f"{settings.SESSION_COOKIE_NAME}={key}; brygga_language=sv"
