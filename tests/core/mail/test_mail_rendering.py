"""From a template and a context to the words and headers that travel."""

from datetime import timedelta

import pytest

from brygga.core.mail.enums import State
from brygga.core.mail.letters import build_letter, clean_subject, stuff_dots
from tests.core.mail.ledger import AT, ask, carry

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>\r\nBcc: all@example.test\r\n\r\n.\r\nQUIT \u202egnp.exe"


@pytest.mark.parametrize(
    ("language", "subject", "used"),
    [("sv", "Ja: Skolan", "sv"), ("en", "Yes: Skolan", "en"), ("ar", "Ja: Skolan", "sv")],
)
def test_a_letter_is_written_in_the_readers_language_or_in_swedish(office, language, subject, used):
    message = carry(ask(language=language, context={"title": "Skolan"}))
    [letter] = office.letters
    assert letter["Subject"] == subject
    assert letter["Content-Language"] == message.language == used
    assert f'<html lang="{used}"' in letter.get_body(["html"]).get_content()


def test_a_letter_is_written_when_it_is_due_and_never_again(office):
    office.answer("END", "451 Later")
    message = carry(ask())
    first = build_letter(message)
    carry(message, AT + timedelta(minutes=1))
    assert message.state == State.SENT
    assert office.letters[0]["Date"].datetime == AT
    assert build_letter(message) == first


def test_a_letter_without_html_is_plain(office):
    carry(ask(template="trial/plain"))
    [letter] = office.letters
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().strip() == "Skolan i Ås"


def test_unsubscribing_takes_one_click(office):
    url = "https://example.test/avsluta/" + "k" * 150
    carry(ask(unsubscribe_url=url))
    [letter] = office.letters
    assert letter["List-Unsubscribe"] == f"<{url}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert url in letter.get_body(["plain"]).get_content()
    assert f'href="{url}"' in letter.get_body(["html"]).get_content()


def test_a_letter_that_cannot_be_unsubscribed_from_says_nothing_of_it(office):
    carry(ask())
    [letter] = office.letters
    assert letter["List-Unsubscribe"] is None
    assert "Sluta" not in letter.get_body(["plain"]).get_content()


def test_hostile_words_stay_words(office):
    message = carry(ask(context={"title": HOSTILE}))
    [letter], [envelope] = office.letters, office.received
    assert message.state == State.SENT
    assert envelope.rcpt_tos == ["amina@example.test"]
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Ja: <script>alert(1)</script> Bcc: all@example.test . QUIT gnp.exe"
    assert "\n.\nQUIT" in letter.get_body(["plain"]).get_content().replace("\r", "")
    assert "<script>" not in letter.get_body(["html"]).get_content()
    assert "&lt;script&gt;" in letter.get_body(["html"]).get_content()


@pytest.mark.parametrize(
    "title", ["ж" * 4_000, "x" * 30_000, "{{ 7|add:7 }}", "العربية", "🏫 = skola", "é\u0301" * 300]
)
def test_any_words_travel_whole(office, title):
    message = carry(ask(context={"title": title}))
    [letter] = office.letters
    assert title in letter.get_body(["plain"]).get_content()
    assert letter["Subject"] == message.subject
    assert len(message.subject) <= 500


@pytest.mark.parametrize("template", ["trial/faulty", "trial/none"])
def test_a_faulty_template_fails_its_own_letter_and_says_which(office, template):
    message = carry(ask(template=template))
    assert (message.state, message.body_text) == (State.FAILED, "")
    assert message.last_error == f"{template}: TemplateDoesNotExist"
    assert office.received == []


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (b"one\ntwo", b"one\r\ntwo\r\n"),
        (b"one\r\ntwo\r\n", b"one\r\ntwo\r\n"),
        (b".\n..\n.a\nb.", b"..\r\n...\r\n..a\r\nb.\r\n"),
        (b"a\r.\rb", b"a\r\n..\r\nb\r\n"),
    ],
)
def test_no_line_of_a_letter_ends_it(given, sent):
    assert stuff_dots(given) == sent


def test_a_subject_is_one_line_without_reordering():
    assert clean_subject("\n a\r\n\tb\u2028c\x00 \u202ed\n") == "a b c d"


def test_without_a_server_the_letter_is_a_file(tmp_path):
    message = carry(ask())
    [file] = (tmp_path / "mail").iterdir()
    assert message.state == State.SENT
    assert file.name == f"{message.message_id[1:].split('@')[0]}.eml"
    assert file.read_bytes() == build_letter(message).content
