"""A form of another site moves nothing here."""

from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.architecture.inventory import PAGES

# Mail programs end a subscription with one press (RFC 8058); the address itself holds a secret.
# An organisation's login posts its signed answer from its own site; tests/accounts attacks that.
EXEMPT = {"dialogues:end_following", "own_login_saml"}


def views(resolver, space=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", pattern.callback
        else:
            yield from views(
                pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )


def test_the_list_of_exempt_views_is_frozen():
    """Stand for CVE-2023-47635: one exempt preview was enough."""
    found = {name for name, view in views(get_resolver()) if getattr(view, "csrf_exempt", False)}
    assert found == EXEMPT


def test_a_form_without_our_token_is_refused_everywhere_else(world):
    """Stand for CVE-2023-47635 and PYSEC-2023-42, also where one is signed in."""
    world.put_in("published")
    taken = {}
    for page in PAGES:
        if page.name in EXEMPT:
            continue
        client = Client(enforce_csrf_checks=True)
        client.cookies = world.client(page.as_reader or "own owner").cookies
        answer = client.post(world.address(page), {})
        if answer.status_code not in {403, 404, 405}:
            taken[page.name] = answer.status_code
    assert taken == {}


def test_an_answer_of_a_login_that_nobody_began_here_signs_nobody_in(world):
    """Stand for Consul #3840: a link that would sign the victim in as the attacker."""
    pages = [page for page in PAGES if page.name in {"own_login_callback", "own_login_saml"}]
    assert pages
    for page in pages:
        for data in ({"code": "stolen", "state": "forged"}, {"SAMLResponse": "forged"}, {}):
            client = Client()
            address = world.address(page)
            for answer in (client.get(address, data), client.post(address, data)):
                assert answer.status_code < 500
            assert SESSION_KEY not in client.session
