"""Staff show a second factor before the workspace opens, unless their organisation's login did."""

import time
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import Permission, Role
from brygga.accounts.models.session import THROUGH
from brygga.accounts.rules import may
from brygga.config.environment import Environment
from brygga.core.mail.models import Message
from tests.accounts.test_sessions import browser, is_in
from tests.accounts.test_sign_in import CODE, CONFIRM, SIGN_IN
from tests.core.mail.ledger import forget_jobs
from tests.factories.accounts import OrganisationFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
INDEX, ACTIVATE = "/konto/andra-steget/", "/konto/andra-steget/app/"
STEP, AGAIN = "/konto/logga-in/andra-steget/", "/konto/bekrafta/kod/"
CODES = "/konto/andra-steget/koder/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.BRYGGA_SECOND_FACTOR_ROLES = frozenset({Role.OWNER, Role.OFFICIAL})
    settings.EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
    cache.clear()


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="exempelby")


@pytest.fixture
def official(organisation):
    return person_with(Role.OFFICIAL, organisation)


@pytest.fixture
def committed(transactional_db):
    """Allauth acts when the transaction of the new factor is done."""
    yield
    forget_jobs()


def set_up(client, secret):
    return client.post(ACTIVATE, {"code": code_now(secret)})


def code_now(secret=SECRET, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def by_mail(user):
    """Sign in with the code that comes by mail; the second step follows, where there is one."""
    client = Client()
    client.post(SIGN_IN, {"email": user.email})
    letter = Message.objects.filter(kind="account", is_secret=True).latest("pk")
    response = client.post(CONFIRM, {"code": CODE.search(letter.body_text)[1]})
    return client, response


def workspace(client):
    return client.get(reverse("accounts:organisation", args=["exempelby"]))


def test_without_a_second_factor_staff_are_led_to_set_one_up(committed, official):
    client, response = by_mail(official)
    assert workspace(client).url == INDEX
    page = client.get(INDEX).content.decode()
    assert "Välj ett andra steg innan du går vidare" in page

    secret = client.get(ACTIVATE).context["form"].secret
    response = set_up(client, secret)

    assert response.url == CODES
    assert len(client.get(CODES).context["unused_codes"]) == 10
    assert workspace(client).status_code == 200
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_no_right_counts_while_a_second_factor_is_waited_for(official, organisation):
    from django.utils.timezone import localdate  # noqa: PLC0415 – read where it is used

    asked = (Permission.SEE_ORGANISATION, organisation, localdate())
    assert may(official, *asked)
    official.is_weak = True
    assert not may(official, *asked)


def test_who_has_an_app_signs_in_with_its_code_once_and_not_twice(official):
    TOTP.activate(official, SECRET)
    client, response = by_mail(official)
    assert response.url == STEP
    assert workspace(client).status_code == 302

    code = code_now()
    client.post(STEP, {"code": code})
    assert workspace(client).status_code == 200

    other, _ = by_mail(official)
    other.post(STEP, {"code": code})
    assert workspace(other).status_code == 302


def test_a_recovery_code_works_once(committed, official):
    client, _ = by_mail(official)
    secret = client.get(ACTIVATE).context["form"].secret
    set_up(client, secret)
    [code, *_] = client.get(CODES).context["unused_codes"]

    for works in (True, False):
        other, _ = by_mail(official)
        other.post(STEP, {"code": code})
        assert (workspace(other).status_code == 200) == works


def test_wrong_codes_are_throttled_and_the_answer_tells_nothing(official):
    TOTP.activate(official, SECRET)
    client, _ = by_mail(official)
    errors = [client.post(STEP, {"code": "000000"}).context["form"].errors for _ in range(8)]
    assert all(errors)
    response = client.post(STEP, {"code": code_now()})
    assert workspace(client).status_code == 302
    assert response.context["form"].errors


def test_who_came_in_without_the_second_step_shows_it_before_the_workspace_opens(official):
    """By an invitation, for example, whose link proves the mailbox only."""
    TOTP.activate(official, SECRET)
    client = browser(official)
    asked = reverse("accounts:organisation", args=["exempelby"])
    response = workspace(client)
    assert response.url == f"{AGAIN}?{urlencode({'next': asked})}"
    response = client.post(AGAIN, {"code": code_now(), "next": asked})
    assert response.url == asked
    assert workspace(client).status_code == 200


def test_roles_that_are_not_named_and_residents_need_none(organisation):
    assert workspace(browser(person_with(Role.HOST, organisation))).status_code == 200
    assert is_in(browser(UserFactory()))


def test_the_organisations_own_login_is_enough(official, organisation):
    client = browser(official)
    session = client.session
    session[THROUGH] = organisation.pk
    session.save()
    assert workspace(client).status_code == 200


def test_through_an_organisations_login_ones_own_account_stays_closed(official, organisation):
    client = browser(official)
    session = client.session
    session[THROUGH] = organisation.pk
    session.save()
    assert client.get(INDEX).status_code == 403
    assert client.get(ACTIVATE).status_code == 403
    assert client.post(reverse("accounts:profile"), {"name": "X"}).status_code == 403


def test_public_pages_stay_open_without_the_second_step(official):
    assert browser(official).get(reverse("portal:home")).status_code == 200


def test_a_new_second_factor_signs_out_elsewhere_and_is_told_by_mail(committed, official):
    there, _ = by_mail(official)
    client, _ = by_mail(official)
    secret = client.get(ACTIVATE).context["form"].secret
    set_up(client, secret)
    assert is_in(client)
    assert there.get(INDEX).status_code == 302
    assert Message.objects.filter(
        recipient=official.email, template="accounts/mail/second_factor"
    ).exists()


def test_removing_the_app_asks_for_its_code_first(official):
    TOTP.activate(official, SECRET)
    client, _ = by_mail(official)
    client.post(STEP, {"code": code_now()})
    remove = "/konto/andra-steget/app/ta-bort/"
    assert client.post(remove).status_code == 302
    assert Authenticator.objects.filter(user=official).exists()
    cache.clear()  # a code counts as used for half a minute
    client.post(AGAIN, {"code": code_now(), "next": remove})
    assert not Authenticator.objects.filter(user=official).exists()


def test_a_key_that_was_kept_under_another_secret_lets_nobody_in(official, settings):
    TOTP.activate(official, SECRET)
    settings.SECRET_KEY = "another secret key of the installation, long enough to be one"
    client, _ = by_mail(official)
    assert client.post(STEP, {"code": code_now()}).status_code == 200
    assert workspace(client).status_code == 302


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({}, False),
        ({"BRYGGA_MODE": "production"}, True),
        ({"BRYGGA_SECOND_FACTOR": "required"}, True),
        ({"BRYGGA_MODE": "production", "BRYGGA_SECOND_FACTOR": "off"}, False),
    ],
)
def test_the_setting_follows_the_mode_until_it_is_given(given, asked):
    assert bool(Environment(given).second_factor_roles) == asked


def test_an_operator_removes_what_is_lost_and_the_person_starts_again(official):
    bystander = UserFactory()
    clients = {}
    for person in (official, bystander):
        TOTP.activate(person, SECRET)
        clients[person] = browser(person)
    call_command("remove_second_factor", f" {official.email.upper()} ")
    assert not Authenticator.objects.filter(user=official).exists()
    assert clients[official].get(INDEX).url.startswith(SIGN_IN)
    assert Authenticator.objects.filter(user=bystander).exists()
    assert clients[bystander].get(INDEX).status_code == 200
    told = Message.objects.filter(template="accounts/mail/second_factor")
    assert set(told.values_list("recipient", flat=True)) == {official.email}
    with pytest.raises(CommandError, match="nobody"):
        call_command("remove_second_factor", "nobody@example.test")


def test_the_picture_for_the_app_is_dark_on_white_in_any_colours(official):
    picture = browser(official).get(ACTIVATE).context["totp_svg"]
    assert picture.startswith("<svg")
    assert 'fill="white"' in picture
