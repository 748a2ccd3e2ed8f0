import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from brygga.core.ui.views import errors


def refuse(request):
    raise PermissionDenied


def suspect(request):
    raise SuspiciousOperation("odd")


def fail(request):
    raise RuntimeError("secret detail")


def take(request):
    return HttpResponse("taken")


urlpatterns = [
    path("refuse/", refuse),
    path("suspect/", suspect),
    path("fail/", fail),
    path("take/", take),
]
handler500 = errors.server_error

HERE = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "brygga.core.ui.language.LanguageMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
)


def asked(address, **options):
    client = Client(raise_request_exception=False, **options)
    return client.get(address, {"lang": "en"})


@HERE
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere/", 404, "This page is not here"),
        ("/refuse/", 403, "This page is not open to you"),
        ("/suspect/", 400, "We could not understand what was sent"),
        ("/fail/", 500, "Something went wrong on our side"),
    ],
)
def test_a_fault_says_what_happened_what_is_saved_and_what_to_do(db, address, status, heading):
    response = asked(address)
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert soup.h1.get_text() == heading
    texts = [text.get_text() for text in soup.select(".error-page p")]
    assert texts[0] == f"Error {status}"
    assert any(word in texts[2] for word in ("saved", "changed", "lost"))
    assert soup.select_one(".error-page a.button")["href"] == "/"
    assert "secret detail" not in response.content.decode()


@HERE
def test_a_form_without_its_token_is_refused_in_our_own_words(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/take/?lang=en", {"voice": "x"})
    assert response.status_code == 403
    assert BeautifulSoup(response.content, "html.parser").h1.get_text() == (
        "The page had been open too long"
    )


@HERE
def test_a_broken_error_page_still_answers_plainly(db, monkeypatch):
    def broken(*_arguments, **_named):
        raise RuntimeError("the page broke too")

    monkeypatch.setattr(errors, "render", broken)
    response = asked("/fail/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()
