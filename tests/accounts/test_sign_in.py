import re

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from brygga.accounts.models import User
from brygga.config.environment import MailServer
from brygga.core.mail.models import Message
from tests.core.mail.ledger import carry
from tests.core.mail.office import DROP, Office, open_house
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, CONFIRM = "/konto/logga-in/", "/konto/logga-in/kod/"
CODE = re.compile(r"^\s+([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)


@pytest.fixture(autouse=True)
def real_mail(settings):
    settings.EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
    cache.clear()


@pytest.fixture
def person():
    return UserFactory(email="amina@example.test")


def ask_for_code(client, email="amina@example.test", **options):
    return client.post(SIGN_IN, {"email": email}, **options)


def codes():
    return [CODE.search(letter.body_text)[1] for letter in Message.objects.order_by("pk")]


def is_signed_in(client):
    return client.get(reverse("accounts:profile")).status_code == 200


def test_a_person_signs_in_with_the_code_that_came_by_mail(client, person):
    assert not is_signed_in(client)
    response = ask_for_code(client)
    assert (response.status_code, response.url) == (302, CONFIRM)
    [letter] = Message.objects.all()
    assert (letter.recipient, letter.is_secret) == (person.email, True)

    client.post(CONFIRM, {"code": codes()[0]})

    assert is_signed_in(client)
    person.refresh_from_db()
    assert person.last_login is not None


def test_the_code_may_be_written_in_small_letters_without_the_dash(client, person):
    ask_for_code(client, "Amina@Example.test")

    client.post(CONFIRM, {"code": codes()[0].lower().replace("-", " ")})

    assert is_signed_in(client)


def test_after_signing_in_one_comes_to_the_page_one_asked_for(client, person):
    asked = reverse("accounts:profile")
    response = client.get(asked)
    assert response.url == f"{SIGN_IN}?next={asked}"
    page = client.get(response.url)
    assert f'value="{asked}"' in page.content.decode()
    response = client.post(SIGN_IN, {"email": person.email, "next": asked})

    response = client.post(CONFIRM, {"code": codes()[0], "next": asked})

    assert response.url == asked


def test_nobody_is_led_to_another_site_after_signing_in(client, person):
    ask_for_code(client)

    response = client.post(CONFIRM, {"code": codes()[0], "next": "https://evil.example/"})

    assert response.url == reverse(django_settings.LOGIN_REDIRECT_URL)


def test_five_wrong_codes_end_the_attempt_and_the_right_one_no_longer_works(client, person):
    ask_for_code(client)
    for _ in range(5):
        client.post(CONFIRM, {"code": "WRNG-WRNG"})

    client.post(CONFIRM, {"code": codes()[0]})

    assert not is_signed_in(client)


def test_a_wrong_code_says_so_and_leaves_the_rest(client, person):
    ask_for_code(client)

    response = client.post(CONFIRM, {"code": "WRNG-WRNG"})

    assert response.status_code == 200
    assert response.context["form"].errors
    client.post(CONFIRM, {"code": codes()[0]})
    assert is_signed_in(client)


def test_a_code_grows_too_old(client, person, settings):
    ask_for_code(client)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1

    client.post(CONFIRM, {"code": codes()[0]})

    assert not is_signed_in(client)


def test_a_code_works_only_in_the_browser_that_asked_for_it(client, person):
    ask_for_code(client)
    thief = Client()
    ask_for_code(thief, "nobody@example.test")

    thief.post(CONFIRM, {"code": codes()[0]})

    assert not is_signed_in(thief)


@pytest.fixture
def office(settings):
    office = Office()
    house = open_house(office)
    settings.MAIL_SERVER = MailServer("127.0.0.1", house.port, "", "", tls=False, starttls=False)
    yield office
    house.stop()


@pytest.mark.parametrize(("step", "reply"), [("RCPT", "550 Unknown"), ("END", DROP)])
def test_a_new_code_comes_when_the_first_letter_failed(client, person, office, step, reply):
    office.answer(step, reply)
    ask_for_code(client)
    [first] = codes()
    carry(Message.objects.get(), timezone.now())
    assert office.received == []

    client.post(CONFIRM, {"action": "resend"})
    carry(Message.objects.latest("pk"), timezone.now())

    [letter] = office.letters
    assert letter["To"] == person.email
    client.post(CONFIRM, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": CODE.search(letter.get_content())[1]})
    assert is_signed_in(client)


def test_a_code_is_sent_again_three_times_at_most(client, person):
    ask_for_code(client)
    for _ in range(5):
        client.post(CONFIRM, {"action": "resend"})

    assert Message.objects.count() == 4
    assert 'value="resend"' not in client.get(CONFIRM).content.decode()


@pytest.mark.parametrize("email", ["nobody@example.test", "closed@example.test"])
def test_who_has_no_open_account_gets_no_letter_and_no_way_in(client, person, email):
    UserFactory(email="closed@example.test", is_active=False)

    response = ask_for_code(client, email)
    client.post(CONFIRM, {"action": "resend"})

    assert (response.status_code, response.url) == (302, CONFIRM)
    assert not Message.objects.exists()
    for code in ("", "AAAA-AAAA"):
        client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)
    assert not User.objects.filter(email="nobody@example.test").exists()


def seen(email):
    """Give all that somebody outside can see of asking for a code, and again for another."""
    client = Client()
    answers = [
        ask_for_code(client, email),
        client.get(CONFIRM),
        client.post(CONFIRM, {"action": "resend"}),
        client.get(CONFIRM),
        client.post(CONFIRM, {"code": "WRNG-WRNG"}),
    ]
    secrets = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
    return [
        (
            answer.status_code,
            sorted(set(answer.headers) - {"Content-Length"}),
            sorted(answer.cookies),
            secrets.sub(b"", answer.content).replace(email.encode(), b""),
        )
        for answer in answers
    ]


def test_no_answer_tells_whether_an_address_has_an_account(person):
    assert seen(person.email) == seen("nobody@example.test")


def work(email):
    client = Client()
    statements = []
    for send in (
        lambda: ask_for_code(client, email),
        lambda: client.post(CONFIRM, {"action": "resend"}),
    ):
        with CaptureQueriesContext(connection) as captured:
            send()
        letters = [query["sql"] for query in captured if 'INTO "mail_message"' in query["sql"]]
        statements.append((len(letters), len(captured)))
    return statements


def test_the_same_work_is_done_for_an_address_without_an_account(person):
    work("warm@example.test")

    known, unknown = work(person.email), work("nobody@example.test")

    assert [letters for letters, _ in known] == [letters for letters, _ in unknown] == [1, 1]
    for (_, queries), (_, in_vain) in zip(known, unknown, strict=True):
        assert abs(queries - in_vain) <= 2


def test_an_address_is_sent_three_codes_a_minute_whoever_asks(person):
    for _ in range(3):
        assert ask_for_code(Client()).status_code == 302

    response = ask_for_code(Client(), REMOTE_ADDR="192.0.2.7")

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Message.objects.count() == 3
    assert ask_for_code(Client(), "other@example.test").status_code == 302


def test_the_limit_is_the_same_for_an_address_without_an_account(person):
    answers = [ask_for_code(Client(), "nobody@example.test").status_code for _ in range(4)]

    assert answers == [302, 302, 302, 200]


def test_signing_out_takes_a_press_and_not_only_a_visit(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/konto/logga-ut/")
    assert is_signed_in(client)

    client.post("/konto/logga-ut/")

    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_reset_password",
        "account_change_password",
        "account_set_password",
        "account_email",
    ],
)
def test_what_we_do_not_offer_has_no_address(client, name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "login/", "email/"])
def test_the_usual_addresses_of_allauth_are_not_there(client, path):
    assert client.get(f"/konto/{path}").status_code == 404


def test_a_password_opens_nothing(client, person):
    person.set_password("correct horse battery staple")
    person.save()

    client.post(SIGN_IN, {"email": person.email, "password": "correct horse battery staple"})
    client.post(SIGN_IN, {"login": person.email, "password": "correct horse battery staple"})

    assert not is_signed_in(client)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_signing_in_name_nothing_undefined(client, person, settings, language):
    [templates] = settings.TEMPLATES
    options = templates["OPTIONS"] | {"string_if_invalid": "undefined:%s"}
    settings.TEMPLATES = [templates | {"OPTIONS": options}]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    ask_for_code(client)

    for answer in (client.get(CONFIRM), client.post(CONFIRM, {"code": "WRNG"})):
        assert "undefined:" not in answer.content.decode()
        assert person.email in answer.content.decode()


def test_the_limit_holds_for_all_processes_and_is_not_flooded_out(person):
    for _ in range(3):
        ask_for_code(Client())
    for number in range(400):
        cache.set(f"flood:{number}", number)

    assert ask_for_code(Client()).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%request_login_code%'")
        assert cursor.fetchone()[0] > 0
