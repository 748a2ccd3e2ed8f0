"""An organisation's own login, against a real OpenID provider: who comes in, and who does not."""

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.accounts.models import LoginDomain, LoginRole, OwnLogin, RoleAssignment, User
from brygga.accounts.models.secrets import encrypt
from brygga.core.audit.queries import trail
from brygga.core.mail.models import Message
from tests.accounts.logins import provider_running
from tests.accounts.test_sessions import browser
from tests.factories.accounts import (
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
SIGN_IN = "/konto/logga-in/"


@pytest.fixture(scope="module")
def provider():
    with provider_running() as running:
        yield running


@pytest.fixture(scope="module")
def foreign():
    with provider_running() as running:
        yield running


@pytest.fixture(autouse=True)
def world(settings, provider):
    settings.BRYGGA_OUTGOING_NETWORKS = ["127.0.0.0/8", "::1"]
    settings.BRYGGA_OUTGOING_PLAIN = True
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset(Role)
    cache.clear()
    provider.bend("")


def login_of(organisation, provider, domain):
    login = OwnLogin.objects.create(
        organisation=organisation,
        issuer=provider.issuer,
        client_id="brygga",
        secret_kept=encrypt("a secret"),
        is_on=True,
    )
    LoginDomain.objects.create(login=login, domain=domain)
    return login


@pytest.fixture
def own():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby")


@pytest.fixture
def login(own, provider):
    return login_of(own, provider, "exempelby.example")


@pytest.fixture
def karin(own, provider):
    karin = UserFactory(email="karin@exempelby.example", name="Karin")
    membership = MembershipFactory(user=karin, organisation=own)
    RoleAssignmentFactory(membership=membership, role=Role.ELECTED)
    provider.has("karin", email=karin.email, email_verified=True, name="Karin")
    return karin


def through(provider, organisation, subject="karin", client=None):
    """Walk from our sign-in page through the provider and back; give browser and last answer."""
    client = client or Client()
    start = client.get(reverse("accounts:start_own_login", args=[organisation.slug]))
    assert start.status_code == 302, start.content.decode()
    return client, client.get(provider.agree(start.url, subject))


def workspace(client, organisation):
    return client.get(reverse("accounts:organisation", args=[organisation.slug])).status_code


def test_an_elected_signs_in_and_comes_to_the_workspace(provider, login, karin, own):
    client, answer = through(provider, own)
    assert answer.url == reverse("dialogues:today")
    assert workspace(client, own) == 200
    [account] = SocialAccount.objects.all()
    assert (account.user, account.provider, account.uid) == (karin, login.public_id, "karin")
    assert account.extra_data == {}
    assert trail(karin).first().action == "own_login.linked"
    assert through(provider, own)[1].status_code == 302  # again, now known by the subject


def test_one_comes_to_the_page_one_asked_for_and_never_to_another_site(provider, login, karin, own):
    for asked, led_to in (("/konto/", "/konto/"), ("https://evil.example/", "/arbetsyta/")):
        client = Client()
        start = client.get(reverse("accounts:start_own_login", args=[own.slug]), {"next": asked})
        answer = client.get(provider.agree(start.url, "karin"))
        assert answer.url == led_to


@pytest.mark.parametrize(
    "kind",
    [
        "wrong issuer",
        "wrong audience",
        "wrong party",
        "no nonce",
        "wrong nonce",
        "an earlier token",
        "alg none",
        "alg of a shared key",
        "another key",
        "expired",
        "no subject",
        "no token",
    ],
)
def test_a_token_that_is_not_what_it_must_be_lets_nobody_in(provider, login, karin, own, kind):
    assert through(provider, own)[1].status_code == 302
    provider.bend(kind)
    client, answer = through(provider, own)
    assert provider.made() == kind
    assert answer.status_code == 401
    assert "Du är inte inloggad" in answer.content.decode()
    assert workspace(client, own) == 302


def test_an_issuer_that_calls_itself_something_else_is_not_used(provider, login, own):
    provider.bend("other issuer")
    start = Client().get(reverse("accounts:start_own_login", args=[own.slug]))
    assert start.status_code == 424


def test_an_answer_works_once_and_only_in_the_browser_that_asked(provider, login, karin, own):
    client = Client()
    start = client.get(reverse("accounts:start_own_login", args=[own.slug]))
    back = provider.agree(start.url, "karin")
    assert Client().get(back).status_code == 401
    assert client.get(back).status_code == 302
    client.logout()
    assert client.get(back).status_code == 401
    assert workspace(client, own) == 302


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "karin@exempelby.example", "email_verified": False},
        {"email": "karin@exempelby.example"},
        {"email": "karin@exempelby.example", "email_verified": "false"},
        {"email": "karin@exempelby.example.evil.example", "email_verified": True},
        {"email": "karin@sub.exempelby.example", "email_verified": True},
        {"email": "karin@exempelby.example@evil.example", "email_verified": True},
        {"email_verified": True},
        {"email": "nobody@exempelby.example", "email_verified": True},
    ],
)
def test_an_address_that_is_not_checked_or_not_theirs_is_refused(
    provider, login, karin, own, claims
):
    provider.has("other", **claims)
    client, answer = through(provider, own, "other")
    assert answer.status_code == 403
    assert workspace(client, own) == 302
    assert not SocialAccount.objects.exists()


def test_another_organisations_login_gives_that_organisations_roles_only(
    provider, foreign, login, karin, own
):
    """Annanby runs its provider and can say there whatever it likes of Karin."""
    other = OrganisationFactory(name="Annanby kommun", slug="annanby")
    login_of(other, foreign, "annanby.example")
    foreign.has("karin", email=karin.email, email_verified=True)
    client, answer = through(foreign, other)
    assert answer.status_code == 403  # her domain is not theirs

    LoginDomain.objects.all().delete()
    LoginDomain.objects.create(login=other.own_login, domain="exempelby.example")
    assert through(foreign, other)[1].status_code == 403  # she has no place there

    RoleAssignmentFactory(membership=MembershipFactory(user=karin, organisation=other))
    client, answer = through(foreign, other)
    assert answer.status_code == 302
    assert (workspace(client, other), workspace(client, own)) == (200, 404)
    assert client.get(reverse("mfa_index")).status_code == 403


def test_the_same_subject_at_two_issuers_is_two_people(provider, foreign, login, karin, own):
    other = OrganisationFactory(slug="annanby")
    login_of(other, foreign, "annanby.example")
    mate = UserFactory(email="mats@annanby.example")
    RoleAssignmentFactory(membership=MembershipFactory(user=mate, organisation=other))
    foreign.has("karin", email=mate.email, email_verified=True)
    through(provider, own)
    through(foreign, other)
    assert set(SocialAccount.objects.values_list("user__email", flat=True)) == {
        karin.email,
        mate.email,
    }


def test_an_answer_to_one_organisation_is_worth_nothing_at_another(provider, login, karin, own):
    other = OrganisationFactory(slug="annanby")
    second = login_of(other, provider, "annanby.example")
    client = Client()
    start = client.get(reverse("accounts:start_own_login", args=[own.slug]))
    back = provider.agree(start.url, "karin").replace(login.public_id, second.public_id)
    assert client.get(back).status_code == 401


def test_a_claim_gives_the_roles_that_the_owner_allows(provider, login, own):
    login.role_claim = "groups"
    login.save()
    LoginRole.objects.create(login=login, value="Dialog", role=Role.PROCESS_LEADER)
    new = {"email": "lars@exempelby.example", "email_verified": True, "name": "Lars"}
    provider.has("lars", **new, groups=["owner", "Dialog"])
    client, answer = through(provider, own, "lars")
    assert answer.status_code == 302
    roles = RoleAssignment.objects.filter(membership__user__email="lars@exempelby.example")
    assert [each.role for each in roles] == [Role.PROCESS_LEADER]
    assert User.objects.get(email="lars@exempelby.example").name == "Lars"
    assert workspace(client, own) == 200


def test_a_login_that_is_turned_off_lets_nobody_in(provider, login, karin, own):
    client = Client()
    start = client.get(reverse("accounts:start_own_login", args=[own.slug]))
    back = provider.agree(start.url, "karin")
    OwnLogin.objects.update(is_on=False)
    assert client.get(back).status_code == 403
    assert client.get(reverse("accounts:start_own_login", args=[own.slug])).status_code == 404


def test_the_domain_of_the_address_leads_to_the_login_whoever_has_an_account(login, karin):
    known, unknown = (
        Client().post(SIGN_IN, {"email": f"{name}@Exempelby.example"}).content.decode()
        for name in ("karin", "nobody")
    )
    assert "Logga in med inloggningen hos Exempelby kommun" in known
    strip = str.replace
    assert strip(known, "karin@", "").count("<") == strip(unknown, "nobody@", "").count("<")
    assert not Message.objects.exists()
    answer = Client().post(SIGN_IN, {"email": karin.email, "way": "code"})
    assert answer.url == "/konto/logga-in/kod/"
    assert "Exempelby" in Client().get(reverse("accounts:own_logins")).content.decode()


# The owner's page


def settings_of(own, client, **changes):
    facts = {
        "issuer": "https://login.exempelby.example",
        "client_id": "brygga",
        "secret": "the secret word",
        "domains": "exempelby.example",
        "is_on": "on",
    }
    return client.post(reverse("accounts:own_login", args=[own.slug]), facts | changes)


@pytest.fixture
def owner(own, settings):
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset()
    owner = person_with(Role.OWNER, own)
    owner.email = "olga@exempelby.example"
    owner.save()
    return owner


def test_the_owner_sets_the_login_up_and_the_secret_is_never_shown(own, owner):
    client = browser(owner)
    assert settings_of(own, client, role_official="Staben").status_code == 302
    login = OwnLogin.objects.get()
    assert "the secret word" not in login.secret_kept
    assert [(each.value, each.role) for each in login.roles.all()] == [("Staben", Role.OFFICIAL)]
    page = client.get(reverse("accounts:own_login", args=[own.slug])).content.decode()
    assert "the secret word" not in page
    assert login.secret_kept not in page
    assert f"/konto/logga-in/svar/{login.public_id}/" in page
    kept = login.secret_kept
    settings_of(own, client, secret="")
    login.refresh_from_db()
    assert login.secret_kept == kept


@pytest.mark.parametrize("domain", ["annanby.example", "gmail.com", "example", "a b", ""])
def test_domains_that_are_not_the_owners_are_refused(own, owner, domain):
    answer = settings_of(own, browser(owner), domains=domain)
    assert answer.context["form"].errors["domains"]
    assert not OwnLogin.objects.exists()


def test_a_domain_belongs_to_one_login(own, owner, provider):
    login_of(OrganisationFactory(), provider, "exempelby.example")
    answer = settings_of(own, browser(owner))
    assert answer.context["form"].errors["domains"]
    assert not OwnLogin.objects.filter(organisation=own).exists()


def test_another_issuer_forgets_whom_the_first_knew_and_ends_their_sessions(
    provider, login, karin, own, owner, settings
):
    client, _ = through(provider, own)
    settings_of(own, browser(owner))
    assert not SocialAccount.objects.exists()
    assert workspace(client, own) == 302


def test_the_connection_is_tested_with_plain_answers(own, owner, provider, settings):
    client = browser(owner)
    well = settings_of(own, client, issuer=provider.issuer, **{"try": "1"}).content.decode()
    assert "Inloggningen svarar som den ska" in well
    provider.bend("other issuer")
    page = settings_of(own, client, issuer=provider.issuer, **{"try": "1"}).content.decode()
    assert "kallar sig något annat" in page
    settings.BRYGGA_OUTGOING_NETWORKS = []
    page = settings_of(own, client, issuer=provider.issuer, **{"try": "1"}).content.decode()
    assert "Brygga anropar inte den adressen" in page
    assert not OwnLogin.objects.exists()


def test_the_database_itself_keeps_domains_and_roles_right(own, provider):
    login = login_of(own, provider, "exempelby.example")
    for wrong in (
        LoginDomain(login=login, domain="Exempelby.se"),
        LoginDomain(login=login, domain="exempelby.example"),
        LoginRole(login=login, value="x", role=Role.OWNER),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
