"""Karin is elected in Exempelby, and signs in as she does to everything else there."""

import pytest
from playwright.sync_api import expect

from tests.accounts.logins import provider_running

KARIN = "karin.holmgren@exempelby.example"


@pytest.fixture(scope="module")
def provider():
    with provider_running() as running:
        yield running


def test_the_owner_connects_the_login_and_karin_comes_in_through_it(site, visit, provider):
    owner = visit()
    owner.goto(site.links["Ägare"])
    owner.goto(site.url("/arbetsyta/organisation/exempelby-kommun/inloggning/"))
    expect(owner.locator("[name=domains]")).to_have_value("exempelby.example")
    owner.locator("[name=issuer]").fill(provider.issuer)
    owner.locator("[name=secret]").fill("a secret")
    owner.locator("[name=is_on]").check()
    owner.get_by_role("button", name="Prova kopplingen").click()
    expect(owner.locator("main")).to_contain_text("Inloggningen svarar som den ska")
    owner.locator("[name=secret]").fill("a secret")
    owner.get_by_role("button", name="Spara").click()
    expect(owner.locator("main")).to_contain_text("På")

    provider.has("karin", email=KARIN, email_verified=True)
    page = visit()
    page.goto(site.url("/konto/logga-in/"))
    page.locator("[name=email]").fill(KARIN)
    page.get_by_role("button", name="Skicka en kod").click()
    page.get_by_role("link", name="Logga in med inloggningen hos").click()
    page.locator("[name=sub]").fill("karin")
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(site.url("/arbetsyta/**"))
    page.goto(site.url("/konto/inloggningar/"))
    expect(page.locator("main")).to_contain_text("Genom inloggningen hos")


def test_who_adds_a_passkey_sees_the_codes_and_comes_back_by_the_key_alone(site, visit):
    page = visit()
    page.goto(site.links["Tjänsteperson"])
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(site.url("/konto/andra-steget/nycklar/ny/"))
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url(site.url("/konto/andra-steget/koder/"))
    expect(page.locator("main code")).to_have_count(10)
    page.goto(site.url("/konto/andra-steget/"))
    expect(page.locator("main")).to_contain_text("Du har 1 nyckel.")

    page.context.clear_cookies()
    page.goto(site.url("/konto/logga-in/?next=/konto/inloggningar/"))
    page.get_by_role("button", name="Logga in med en nyckel").click()
    page.wait_for_url(site.url("/konto/inloggningar/"))
    expect(page.locator("h1")).to_have_text("Var du är inloggad")


AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
