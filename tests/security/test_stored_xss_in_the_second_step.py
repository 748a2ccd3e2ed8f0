"""What is written about a second step: one's name, and what one calls a passkey."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.accounts.models import User
from tests.accounts.test_passkeys import added, shown
from tests.accounts.test_second_factor import SECRET, by_mail, forget_jobs
from tests.architecture.inventory import PAGES
from tests.factories.accounts import OrganisationFactory, person_with
from tests.security.planting import HOSTILE
from tests.security.test_stored_xss import ALIVE, markup

# They send on: to whoever is not in the midst of signing in, or to the list of keys.
BY_KEY_AGAIN = "/konto/bekrafta/nyckel/"
SEND_ON = {"mfa_login_webauthn", "account_reauthenticate", "mfa_activate_totp"}


@pytest.fixture
def person(settings, transactional_db):
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset({Role.OFFICIAL})
    settings.EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600  # however slow the machine is
    cache.clear()
    yield person_with(Role.OFFICIAL, OrganisationFactory(slug="exempelby"))
    forget_jobs()


def addresses(passkey):
    for page in PAGES:
        if page.name.startswith("mfa_") or page.name == "account_reauthenticate":
            takes_key = page.name in {"mfa_edit_webauthn", "mfa_remove_webauthn"}
            yield page.name, reverse(page.name, args=[passkey.pk] if takes_key else [])


def test_no_page_of_the_second_step_lets_a_name_run(person):
    """Stand for CVE-2023-51447 and CVE-2026-23891 where a person names what they sign in with."""
    key, _ = added(person)
    kind = Authenticator.Type.WEBAUTHN
    passkey = Authenticator.objects.get(user=person, type=kind)
    passkey.data["name"] = HOSTILE
    passkey.save()
    User.objects.filter(pk=person.pk).update(name=HOSTILE[:120])
    inside = shown(key)[0]
    again = inside.get(BY_KEY_AGAIN).context["js_data"]["request_options"]
    inside.post(BY_KEY_AGAIN, {"credential": key.shown(again)})
    setting_up = inside.get("/konto/andra-steget/app/")
    assert setting_up.status_code == 200
    assert not markup(setting_up.content)
    TOTP.activate(person, SECRET)
    midway, _ = by_mail(person)

    read = {}
    for name, address in addresses(passkey):
        reader = midway if name == "mfa_authenticate" else inside
        answer = reader.get(address)
        read[name] = answer.status_code
        assert not ALIVE.search(answer.content.decode()), name
        assert answer.headers["Content-Type"].startswith("text/plain") or not markup(
            answer.content
        ), name
    not_read = {name for name, status in read.items() if status != 200}
    assert not_read == SEND_ON
    told = inside.get("/konto/andra-steget/nycklar/").content.decode()
    assert "&lt;svg onload=alert(7)&gt;" in told
