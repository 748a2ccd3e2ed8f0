"""A visitor without a browser, who sends a form again until somebody answers."""

import http.client
import re
import time
from html import unescape
from urllib.parse import urlencode

NOT_ANSWERED = (OSError, http.client.HTTPException)
PATIENCE = 60.0  # seconds; longer than any restart
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FORM = re.compile(r"<main.*</main>", re.DOTALL)


class GaveUpError(Exception):
    """Nobody answered in time: whether the write was done is not known."""


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.place = response.headers.get("Location", "")
        self.cookies = response.headers.get_all("Set-Cookie") or []
        self.text = response.read().decode()

    def hidden(self):
        """The hidden fields of the page's own form, as a browser would send them back."""
        main = FORM.search(self.text)
        return {name: unescape(value) for name, value in HIDDEN.findall(main[0] if main else "")}


class Visitor:
    """Keeps cookies and one connection, and counts how often it had to ask again."""

    def __init__(self, port, address, cookies=()):
        self.port = port
        self.headers = {"Host": f"localhost:{port}", "X-Forwarded-For": address}
        self.cookies = dict(cookies)
        self.connection = None
        self.repeated = 0

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urlencode(fields))

    def ask(self, method, path, body=None):
        """Ask until it is answered without a fault of the server; the same words each time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self._ask_once(method, path, body)
            except NOT_ANSWERED:
                self.close()
            else:
                if answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                    return answer
            self.repeated += 1
            time.sleep(0.1)
        raise GaveUpError(path)

    def _ask_once(self, method, path, body):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = dict(self.headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, sent)
        answer = Answer(self.connection.getresponse())
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None
