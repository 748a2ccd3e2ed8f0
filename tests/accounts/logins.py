"""Starting real providers, and walking through them as a browser does."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]


class Provider:
    def __init__(self, port):
        self.issuer = f"http://localhost:{port}"

    def has(self, subject, **claims):
        answer = requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=10)
        assert answer.status_code == 204

    def bend(self, kind):
        requests.put(f"{self.issuer}/bend", data=kind, timeout=10)

    def made(self):
        """Tell which bent answer was really given, so that no attack fails on the way here."""
        return requests.get(f"{self.issuer}/bend", timeout=10).text

    def agree(self, address, subject):
        """Sign in there as a person does, and give the address that the browser is sent to."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def provider_running():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.accounts.oidc_provider", str(port)],
        cwd=ROOT,
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1", "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    provider = Provider(port)
    try:
        for _ in range(300):
            try:
                requests.get(f"{provider.issuer}/jwks", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None
                time.sleep(0.1)
        yield provider
    finally:
        process.terminate()
        process.wait(30)
