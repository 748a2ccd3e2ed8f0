"""An organisation's own login by SAML, against an identity provider that really signs."""

import base64
import importlib.util
import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import etree

from brygga.accounts import tasks
from brygga.accounts.enums import LoginKind, Role
from brygga.accounts.models import (
    LoginDomain,
    LoginRole,
    OwnLogin,
    RoleAssignment,
    SamlFacts,
    UserSession,
)
from brygga.accounts.models.secrets import encrypt
from brygga.core.audit.queries import trail
from tests.accounts import saml_idp
from tests.accounts.saml_idp import LOA, MAIL, NAME, NUMBER, PERSISTENT, PRID, SPACES, Idp
from tests.accounts.test_own_login import workspace
from tests.accounts.test_sessions import browser
from tests.factories.accounts import (
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
    UserFactory,
    person_with,
)

pytestmark = pytest.mark.django_db
ENTITY = "https://idp.exempelby.example/metadata"


@pytest.fixture(scope="module")
def idp():
    return Idp(ENTITY)


@pytest.fixture(scope="module")
def stranger():
    return Idp(ENTITY)


@pytest.fixture(autouse=True)
def world(settings):
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset()
    cache.clear()


@pytest.fixture
def own():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby")


@pytest.fixture
def owner(own):
    owner = person_with(Role.OWNER, own)
    owner.email = "olga@exempelby.example"
    owner.save()
    return owner


def save(own, client, idp, **changes):
    facts = {
        "issuer": idp.entity_id,
        "metadata": idp.metadata(),
        "least_assurance": LOA.format(3),
        "domains": "exempelby.example",
        "is_on": "on",
    }
    return client.post(reverse("accounts:saml_login", args=[own.slug]), facts | changes)


@pytest.fixture(scope="module")
def ours():
    """Have a key pair of ours: to draw a new one for each test takes long."""
    return Idp("ours")


def login_of(organisation, idp, ours):
    login = OwnLogin.objects.create(
        organisation=organisation, kind=LoginKind.SAML, issuer=idp.entity_id, is_on=True
    )
    SamlFacts.objects.create(
        login=login,
        sign_in_at="https://idp.exempelby.example/sso",
        certificates=[idp.bare_certificate],
        least_assurance=LOA.format(3),
        key_kept=encrypt(ours.key),
        certificate=ours.certificate,
    )
    return login


@pytest.fixture
def login(own, idp, ours):
    login = login_of(own, idp, ours)
    LoginDomain.objects.create(login=login, domain="exempelby.example")
    return login


def test_the_owner_connects_a_login_by_saml(own, owner, karin, idp):
    answer = save(own, browser(owner), idp)
    assert answer.status_code == 302, answer.context["form"].errors
    login = OwnLogin.objects.select_related("saml").get()
    client, answer = through(own, login, idp, encrypted_for=login.saml.certificate)
    assert answer.status_code == 302
    assert workspace(client, own) == 200
    kept = login.saml.key_kept
    assert save(own, browser(owner), idp, metadata="").status_code == 302
    login.saml.refresh_from_db()
    assert login.saml.key_kept == kept


@pytest.fixture
def karin(own):
    karin = UserFactory(email="karin@exempelby.example", name="Karin")
    membership = MembershipFactory(user=karin, organisation=own)
    RoleAssignmentFactory(membership=membership, role=Role.ELECTED)
    return karin


def ask(own, client):
    start = client.get(reverse("accounts:start_own_login", args=[own.slug]))
    assert start.status_code == 302, start.content.decode()
    return start.url


def come_back(client, login, response):
    """Post as the login's page does: from elsewhere, so without our cookies; then follow."""
    posted = Client(enforce_csrf_checks=True).post(
        reverse("own_login_saml", args=[login.public_id]), {"SAMLResponse": response}
    )
    return client.get(posted.url) if posted.status_code == 302 else posted


def through(own, login, idp, client=None, **answer):
    client = client or Client()
    return client, come_back(client, login, idp.answer(ask(own, client), **answer))


def test_an_elected_signs_in_by_saml_and_is_bound_to_the_organisation(own, login, karin, idp):
    client, answer = through(own, login, idp)
    assert answer.url == reverse("dialogues:today")
    assert workspace(client, own) == 200
    session = UserSession.objects.get(user=karin)
    assert session.through == own
    other = OrganisationFactory()
    RoleAssignmentFactory(membership=MembershipFactory(user=karin, organisation=other))
    assert workspace(client, other) == 404
    assert through(own, login, idp)[1].status_code == 302  # again, now known by the subject
    assert SocialAccount.objects.get().user == karin
    assert trail(karin).first().action == "own_login.linked"


def test_the_request_is_signed_and_asks_for_the_levels_by_name(own, login):
    asked = ask(own, Client())
    assert asked.startswith("https://idp.exempelby.example/sso?")
    assert saml_idp.is_signed(asked, login.saml.certificate)
    assert not saml_idp.is_signed(
        asked.replace("RelayState=", "RelayState=x"), login.saml.certificate
    )
    request = saml_idp.read(asked)
    context = request.find("samlp:RequestedAuthnContext", SPACES)
    assert context.get("Comparison") == "exact"
    assert [each.text for each in context] == [LOA.format(3), LOA.format(4)]


def test_nothing_of_the_persons_number_or_id_is_kept(own, login, karin, idp):
    number, prid = "199001012386", "NO:05068907693"
    attributes = {MAIL: karin.email, NAME: "Karin", NUMBER: number, PRID: prid}
    assert through(own, login, idp, subject=number, attributes=attributes)[1].status_code == 302
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ~ '{number}|{prid}'")
            assert cursor.fetchone() == (0,), table
    assert all(number not in str(each.get_decoded()) for each in UserSession.objects.all())


SUCCESS = "status:Success"
ATTACKS = {
    "another issuer": {"changes": [(ENTITY, "https://evil.example")]},
    "another audience": {"changes": [("/metadata/</saml:Aud", "/else/</saml:Aud")]},
    "no audience": {
        "changes": [("<saml:AudienceRestriction>", "<!--"), ("</saml:AudienceRestriction>", "-->")]
    },
    "another recipient": {"changes": [('Recipient="http://testserver', 'Recipient="http://evil')]},
    "another destination": {
        "changes": [('Destination="http://testserver', 'Destination="http://evil')]
    },
    "no answer to anything": {"changes": [(" InResponseTo=", " Consent=")]},
    "a failure": {"changes": [(SUCCESS, "status:Responder")]},
    "too low a level": {"loa": 2},
    "another level's name": {"changes": [("1.0/loa3", "1.0/uncertified-loa3")]},
    "a name for once": {"changes": [(PERSISTENT, PERSISTENT.replace("persistent", "transient"))]},
    "response unsigned": {"sign": ("assertion",)},
    "assertion unsigned": {"sign": ("response",)},
    "nothing signed": {"sign": ()},
    "changed after signing": {"bend": lambda text: text.replace("karin@", "olga@")},
}


@pytest.mark.parametrize("kind", ATTACKS)
def test_an_answer_that_is_not_what_it_must_be_lets_nobody_in(own, login, karin, idp, kind):
    client, answer = through(own, login, idp, **ATTACKS[kind])
    assert answer.status_code == 401
    assert "Du är inte inloggad" in answer.content.decode()
    assert workspace(client, own) == 302
    assert not SocialAccount.objects.exists()


def wrapped(text, place):
    """Keep the signed assertion somewhere, and put a forged one where it was (XSW)."""
    tree = etree.fromstring(text.encode())
    signed = tree.find("saml:Assertion", SPACES)
    forged = etree.fromstring(etree.tostring(signed).replace(b"karin@", b"olga@"))
    forged.remove(forged.find("ds:Signature", SPACES))
    if place == "same id":
        tree.replace(signed, forged)
        forged.append(signed)
    elif place == "beside":
        forged.set("ID", "_forged")
        tree.insert(list(tree).index(signed), forged)
    else:
        forged.set("ID", "_forged")
        tree.replace(signed, forged)
        extensions = etree.Element(f"{{{SPACES['samlp']}}}Extensions")
        extensions.append(signed)
        tree.insert(2, extensions)
    return etree.tostring(tree).decode()


@pytest.mark.parametrize("place", ["same id", "beside", "in extensions"])
@pytest.mark.parametrize("sign", [("assertion",), ("assertion", "response")])
def test_a_signature_counts_only_for_what_it_signs(own, owner, login, karin, idp, place, sign):
    client, answer = through(own, login, idp, sign=sign, bend=partial(wrapped, place=place))
    assert answer.status_code == 401
    assert workspace(client, own) == 302


def test_another_key_signs_for_nobody(own, login, karin, stranger):
    assert through(own, login, stranger)[1].status_code == 401


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd"><r/>',
        "<r",
        "",
    ],
)
def test_xml_that_reads_files_or_is_none_is_refused(own, owner, login, document):
    response = base64.b64encode(document.encode()).decode()
    for each in (response, "%%%", "å", "A" * 300_000):
        assert come_back(Client(), login, each).status_code == (401 if each else 400)
    form = save(own, browser(owner), Idp("https://x.example"), metadata=document).context["form"]
    assert "passwd" not in str(form.errors)
    assert form.errors


def test_an_answer_works_once_and_only_in_the_browser_that_asked(own, login, karin, idp):
    client = Client()
    response = idp.answer(ask(own, client))
    assert come_back(Client(), login, response).status_code == 401  # another browser
    assert come_back(client, login, response).status_code == 401  # and now it has been shown
    response = idp.answer(ask(own, client))
    assert come_back(client, login, response).status_code == 302
    client.logout()
    cache.clear()
    assert come_back(client, login, response).status_code == 401
    assert workspace(client, own) == 302


def test_an_answer_to_one_organisation_is_worth_nothing_at_another(own, login, karin, idp, ours):
    other = OrganisationFactory(slug="annanby")
    second = login_of(other, idp, ours)
    client = Client()
    response = idp.answer(ask(own, client))
    assert come_back(client, second, response).status_code == 401
    assert come_back(client, login, response).status_code == 302


def test_an_answer_outside_its_time_is_refused(own, login, karin, idp, monkeypatch):
    for seconds in (-4000, 4000):
        real = saml_idp.moment
        monkeypatch.setattr(saml_idp, "moment", lambda s, by=seconds, real=real: real(s + by))
        assert through(own, login, idp)[1].status_code == 401
        monkeypatch.setattr(saml_idp, "moment", real)
    assert through(own, login, idp)[1].status_code == 302


def test_an_attribute_gives_the_roles_that_the_owner_allows(own, owner, login, idp):
    save(own, browser(owner), idp, role_claim="groups", role_process_leader="Dialog", metadata="")
    assert LoginRole.objects.get().value == "Dialog"
    attributes = {MAIL: "lars@exempelby.example", NAME: "Lars", "groups": ["owner", "Dialog"]}
    _, answer = through(own, login, idp, subject="lars", attributes=attributes)
    assert answer.status_code == 302
    [role] = RoleAssignment.objects.filter(membership__user__email="lars@exempelby.example")
    assert (role.role, role.membership.user.name) == (Role.PROCESS_LEADER, "Lars")
    outside = {MAIL: "eva@annanby.example", "groups": ["Dialog"]}
    assert through(own, login, idp, subject="eva", attributes=outside)[1].status_code == 403


def test_our_metadata_says_what_we_are_called_and_never_our_secret(own, owner, login):
    text = Client().get(reverse("own_login_metadata", args=[login.public_id])).content
    tree = etree.fromstring(text)
    assert (
        tree.get("entityID") == f"http://testserver/konto/logga-in/saml/{login.public_id}/metadata/"
    )
    described = tree.find("md:SPSSODescriptor", SPACES)
    assert described.get("AuthnRequestsSigned") == described.get("WantAssertionsSigned") == "true"
    assert {key.get("use") for key in described.iterfind("md:KeyDescriptor", SPACES)} == {
        "signing",
        "encryption",
    }
    page = browser(owner).get(reverse("accounts:saml_login", args=[own.slug])).content.decode()
    assert tree.get("entityID") in page
    assert "PRIVATE" not in login.saml.key_kept + page + text.decode()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("metadata_url", {"metadata": ""}),
        ("metadata_url", {"metadata_url": "https://127.0.0.1/"}),
        ("metadata", {"issuer": "https://somebody-else.example"}),
        ("issuer", {"issuer": "x'] | //md:EntityDescriptor['"}),
        ("metadata_signer", {"metadata_signer": "no certificate"}),
        ("domains", {"domains": "annanby.example"}),
        ("least_assurance", {"least_assurance": "loa9"}),
    ],
)
def test_what_does_not_describe_the_login_is_refused(own, owner, idp, field, changes):
    answer = save(own, browser(owner), idp, **changes)
    assert answer.context["form"].errors[field]
    assert not OwnLogin.objects.exists()


def test_metadata_is_signed_by_whom_the_owner_named_or_refused(own, owner, idp, stranger):
    client = browser(owner)
    signer = {"metadata_signer": stranger.certificate}
    inside = idp.metadata()
    part = stranger.sign(stranger.metadata())
    signature = part[part.index("<ds:Signature") : part.index("</ds:Signature>") + 15]
    stolen = inside.replace("<md:IDPSSO", signature + "<md:IDPSSO", 1)
    for metadata in (inside, idp.metadata(signed=True), stolen):
        answer = save(own, client, idp, metadata=metadata, **signer)
        assert answer.context["form"].errors["metadata"]
    assert save(own, client, idp, metadata=stranger.sign(inside), **signer).status_code == 302


def test_metadata_at_an_address_is_read_again_every_night(own, owner, idp, stranger, settings):
    settings.BRYGGA_OUTGOING_NETWORKS = ["127.0.0.0/8"]
    settings.BRYGGA_OUTGOING_PLAIN = True
    texts = [idp.metadata()]

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(texts[-1].encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/"
        assert save(own, browser(owner), idp, metadata="", metadata_url=url).status_code == 302
        texts.append(stranger.metadata())
        tasks.renew_saml(0)
        saml = SamlFacts.objects.get()
        assert saml.certificates == [stranger.bare_certificate]
        assert trail(own).first().action == "own_login.renewed"
        texts.append("nonsense")
        tasks.renew_saml(0)
        assert SamlFacts.objects.get().certificates == saml.certificates
        server.shutdown()
        thread.join()


def test_saml_and_oidc_take_each_others_place(own, owner, login, karin, idp):
    client, _ = through(own, login, idp)
    facts = {
        "issuer": "https://login.example",
        "client_id": "brygga",
        "domains": "exempelby.example",
    }
    settings_page = reverse("accounts:own_login", args=[own.slug])
    assert "talar SAML" in browser(owner).get(settings_page).content.decode()
    assert browser(owner).post(settings_page, facts).status_code == 302
    assert not SamlFacts.objects.exists()
    assert not SocialAccount.objects.exists()
    assert workspace(client, own) == 302
    assert Client().get(reverse("own_login_metadata", args=[login.public_id])).status_code == 404


def test_without_the_extra_all_else_works_and_the_page_says_what_to_install(
    own, owner, login, monkeypatch
):
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name, *more: None if name == "onelogin" else real(name, *more),
    )
    for module in ("onelogin", "onelogin.saml2.auth", "onelogin.saml2.response"):
        monkeypatch.setitem(sys.modules, module, None)
    client = browser(owner)
    page = client.get(reverse("accounts:saml_login", args=[own.slug])).content.decode()
    assert "brygga[saml]" in page
    assert "<textarea" not in page
    assert save(own, client, Idp("https://x.example")).status_code == 200
    assert OwnLogin.objects.get().issuer == ENTITY
    assert client.get(reverse("accounts:own_login", args=[own.slug])).status_code == 200
    assert Client().get(reverse("accounts:start_own_login", args=[own.slug])).status_code == 424
    assert come_back(Client(), login, "x").status_code == 404
    assert Client().get(reverse("accounts:own_logins")).status_code == 200
    tasks.renew_saml(0)
