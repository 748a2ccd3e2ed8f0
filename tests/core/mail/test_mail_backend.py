"""Sign-in codes and other mail of Django's own, through the ledger."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives
from django.utils import timezone, translation

from brygga.core.mail import operations
from brygga.core.mail.backend import AttachmentError
from brygga.core.mail.enums import State, SuppressionReason
from brygga.core.mail.models import EMPTY, Message
from tests.core.mail.ledger import all_messages, ask, carry, jobs_of, priority_of
from tests.core.mail.office import DROP

pytestmark = pytest.mark.django_db
CODE = "XK4-9QP"


def send_code(recipient="amina@example.test", code=CODE):
    mail.send_mail("Din kod", f"Koden är {code}.", None, [recipient])
    return Message.objects.latest("pk")


def soon():
    return timezone.now() + timedelta(seconds=2)


def test_a_code_is_sent_through_the_ledger_and_then_forgotten(office):
    message = send_code()
    assert message.state == State.RENDERED
    assert [status for status, _ in jobs_of(message)] == ["todo"]

    carry(message, soon())

    [letter] = office.letters
    assert CODE in letter.get_content()
    assert message.state == State.SENT
    assert {name: getattr(message, name) for name in EMPTY} == EMPTY
    assert CODE not in repr(Message.objects.values())
    assert "amina" not in repr(Message.objects.values())


@pytest.mark.parametrize(
    ("reply", "state"), [("550 Unknown", State.BOUNCED), (DROP, State.UNCERTAIN)]
)
def test_a_new_code_goes_out_although_the_first_did_not_arrive(office, reply, state):
    office.answer("END", reply)
    first = carry(send_code(), soon())
    second = carry(send_code(code="NEW-123"), soon())

    assert (first.state, first.body_text) == (state, "")
    assert second.state == State.SENT
    assert "NEW-123" in office.letters[0].get_content()


def test_a_new_code_goes_out_while_the_first_still_waits_for_the_server(office):
    office.answer("RCPT", "451 Later")
    first = carry(send_code(), soon())
    second = carry(send_code(code="NEW-123"), soon())
    assert (first.state, second.state) == (State.QUEUED, State.SENT)


def test_a_code_that_is_too_old_is_never_sent(office, settings):
    settings.MAIL_SECRETS_LIVE_FOR = timedelta(minutes=15)
    message = send_code()
    carry(message, message.expires_at)
    assert (message.state, message.body_text) == (State.FAILED, "")
    assert office.received == []


def test_a_code_reaches_somebody_who_wants_no_other_mail(office):
    operations.suppress(
        address="amina@example.test", reason=SuppressionReason.REFUSED, at=timezone.now()
    )
    assert carry(send_code(), soon()).state == State.SENT


def test_codes_go_before_other_letters():
    ordinary, code = ask(), send_code()
    assert priority_of(code) > priority_of(ordinary)


def test_nobody_sees_who_else_gets_the_mail(office):
    mail.EmailMessage(
        "Hej", "Text", to=["Amina <amina@example.test>"], cc=["bo@example.test"]
    ).send()
    for message in all_messages():
        carry(message, soon())
    assert [envelope.rcpt_tos for envelope in office.received] == [
        ["amina@example.test"],
        ["bo@example.test"],
    ]
    assert [letter["To"] for letter in office.letters] == ["amina@example.test", "bo@example.test"]
    assert [letter["Cc"] for letter in office.letters] == [None, None]


def test_both_forms_of_a_mail_and_its_language_are_kept(office):
    both = EmailMultiAlternatives("Hi", "Text", to=["amina@example.test"])
    both.attach_alternative("<p>Text</p>", "text/html")
    with translation.override("en"):
        both.send()
    [message] = all_messages()
    carry(message, soon())
    [letter] = office.letters
    assert letter["Content-Language"] == "en"
    assert letter.get_body(["html"]).get_content().strip() == "<p>Text</p>"


@pytest.mark.parametrize(
    ("subject", "recipient", "error"),
    [
        ("Hi\nBcc: all@example.test", "amina@example.test", BadHeaderError),
        ("Hi\r\nBcc: all@example.test", "amina@example.test", BadHeaderError),
        ("Hi", "amina@example.test\nBcc: all@example.test", ValueError),
        ("Hi", "amina@example.test, bo@example.test", ValueError),
        ("Hi", "åsa@example.test", ValueError),
    ],
)
def test_a_header_that_would_be_two_is_refused(subject, recipient, error):
    with pytest.raises(error):
        mail.send_mail(subject, "Text", None, [recipient])
    assert all_messages() == []


def test_attachments_are_refused_rather_than_lost():
    with_file = EmailMessage("Hi", "Text", to=["amina@example.test"])
    with_file.attach("a.txt", "text", "text/plain")
    with pytest.raises(AttachmentError):
        with_file.send()
    assert all_messages() == []
