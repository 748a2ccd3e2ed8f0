import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "status"), [("?q=a%00b", 400), ("?a%00b=q", 400), ("?q=a%20b", 200)]
)
def test_a_query_with_nul_is_a_bad_request(client, query, status):
    assert client.get(reverse("portal:home") + query).status_code == status


def test_a_path_with_nul_is_a_bad_request_and_not_merely_missing(client):
    assert client.get("/nothing%20here/").status_code == 404
    assert client.get("/nothing%00here/").status_code == 400


@pytest.mark.parametrize(("email", "status"), [("a\0b@example.test", 400), ("ab", 200)])
def test_a_form_with_nul_is_a_bad_request(client, email, status):
    assert client.post(reverse("account_login"), {"email": email}).status_code == status
