"""What people meet of the moderation: told before and after sending, reporting, lists and files."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.core.http.human import HumanForm
from brygga.dialogues.enums import ContributionState, ModerationStep, TeamRole
from brygga.dialogues.models import Contribution, ModerationCase, ModerationEvent
from brygga.dialogues.operations.assessments import ask_for_new_assessment
from brygga.dialogues.operations.moderation import Decision, decide
from brygga.dialogues.operations.participants import join
from brygga.dialogues.operations.strict_mode import set_strict_mode
from brygga.dialogues.queries.moderation import version_of
from brygga.dialogues.views import moderation as views
from tests.factories.dialogues import NOW, ContributionFactory, team_member
from tests.factories.perspectives import StatementRoundFactory

pytestmark = pytest.mark.django_db
WAITS = "Vi läser ditt påstående innan andra ser det."
TAKES = "Det har tagit ungefär"
HIDE = Decision(to=ContributionState.HIDDEN, ground="threat", words="Det är ett hot.")
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(HumanForm, "fastest", timedelta(0))


@pytest.fixture
def asked():
    return StatementRoundFactory()


@pytest.fixture
def lars(asked):
    return team_member(asked.dialogue)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def shown_on(response):
    return re.search(r'name="shown"[^>]*value="([^"]*)"', response.content.decode())[1]


def strict(dialogue, by):
    set_strict_mode(dialogue=dialogue, is_on=True, reason="Hot mot personal.", by=by, at=NOW)


def read_five(dialogue, by):
    """Let five have waited three hours each, from which the usual wait can be told."""
    for _ in range(5):
        voice = ContributionFactory(dialogue=dialogue, state=ContributionState.WAITING)
        publish = Decision(to=ContributionState.PUBLISHED)
        at = NOW + timedelta(hours=3)
        decide(contribution=voice, decision=publish, seen=version_of(voice), by=by, at=at)


def test_strict_mode_is_told_before_and_after_sending_with_the_wait_only_if_real(
    client, asked, lars
):
    address = reverse("perspectives:own_words", args=[asked.public_id])
    assert WAITS not in text_of(client.get(address))
    strict(asked.dialogue, lars)
    form = client.get(address)
    assert WAITS in text_of(form)
    assert TAKES not in text_of(form)
    sent = client.post(address, {"text": "Behåll skolan", "shown": shown_on(form)})
    voice = Contribution.objects.get()
    assert (sent.status_code, voice.state) == (303, ContributionState.WAITING)
    assert "Vi läser det innan andra ser det." in text_of(client.get(sent.url))
    dialogue = asked.dialogue
    mine = client.get(
        reverse("dialogues:my_receipt", args=[dialogue.slug, dialogue.public_id]), follow=True
    )
    assert "Det väntar tills någon i teamet har läst det." in text_of(mine)
    assert TAKES not in text_of(mine)
    read_five(dialogue, lars)
    for page in (address, sent.url, mine.redirect_chain[-1][0]):
        assert f"{TAKES} en dag" in text_of(client.get(page))


class TestReporting:
    @pytest.fixture
    def voice(self, asked):
        return ContributionFactory(dialogue=asked.dialogue)

    def address(self, voice):
        dialogue = voice.dialogue
        return reverse(
            "dialogues:report", args=[dialogue.slug, dialogue.public_id, voice.public_id]
        )

    def send(self, client, voice, **more):
        form = {"ground": "threat", "words": "Läs det.", "shown": self.token(client, voice)}
        return client.post(self.address(voice), form | more)

    def token(self, client, voice):
        return shown_on(client.get(self.address(voice)))

    def reports(self):
        return ModerationEvent.objects.filter(kind=ModerationStep.REPORTED).count()

    def test_the_same_page_sent_twice_is_one_report_and_nothing_is_hidden(self, client, voice):
        token = self.token(client, voice)
        for _ in range(2):
            assert self.send(client, voice, shown=token).status_code == 303
        assert self.reports() == 1
        for _ in range(8):
            self.send(Client(), voice)
        voice.refresh_from_db()
        assert (self.reports(), voice.state) == (9, "published")
        assert ModerationCase.objects.count() == 1

    def test_a_machine_that_fills_the_hidden_field_is_told_and_the_words_are_kept(
        self, client, voice
    ):
        answer = self.send(client, voice, website="https://spam.example")
        assert (answer.status_code, self.reports()) == (422, 0)
        assert "Läs det." in text_of(answer)

    def test_a_report_says_what_is_wrong(self, client, voice):
        assert self.send(client, voice, ground="i_disagree").status_code == 422
        assert self.reports() == 0

    def test_one_address_reports_only_so_many(self, client, voice, monkeypatch):
        monkeypatch.setattr(views, "REPORTS_PER_ADDRESS", 2)
        answers = [self.send(client, voice).status_code for _ in range(3)]
        assert (answers, self.reports()) == ([303, 303, 429], 2)


def rows_of(response):
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=";"))


def test_the_queue_and_the_steps_are_taken_along_as_the_pages_list_them(client, asked, lars):
    dialogue = asked.dialogue
    amina = join(dialogue=dialogue, language="sv", at=NOW).participant
    early = ContributionFactory(dialogue=dialogue, state="waiting", text="=1+1")
    hidden = ContributionFactory(dialogue=dialogue, participant=amina, text="Ett hot")
    decide(contribution=hidden, decision=HIDE, seen=0, by=lars, at=NOW)
    later = NOW + timedelta(hours=1)
    ask_for_new_assessment(participant=amina, public_id=hidden.public_id, words="Ironi.", at=later)
    sara = team_member(dialogue, TeamRole.OFFICIAL)
    client.force_login(sara, BACKEND)
    queue = reverse("dialogues:moderation", args=[dialogue.public_id])
    steps = reverse("dialogues:moderation_steps", args=[dialogue.public_id])
    for address in (f"{queue}?export=csv", reverse("dialogues:queue") + "?export=csv"):
        _head, *rows = rows_of(client.get(address))
        assert [row[0] for row in rows] == [early.public_id, hidden.public_id]
        assert rows[0][2] == "'=1+1"
        assert rows[1][5] == "2026-04-17"
    _head, *found = rows_of(client.get(f"{queue}?export=csv&q=hot"))
    assert [row[0] for row in found] == [hidden.public_id]
    _head, *taken = rows_of(client.get(f"{steps}?export=csv"))
    told = [(row[1], row[5], row[6], row[8]) for row in taken]
    assert told[:2] == [
        (hidden.public_id, "", "Ironi.", ""),
        (hidden.public_id, "Det är ett hot, eller hat mot en grupp", "Det är ett hot.", str(lars)),
    ]


def test_the_day_of_a_new_assessment_stands_on_the_day_list(client, asked, lars):
    amina = join(dialogue=asked.dialogue, language="sv", at=NOW).participant
    voice = ContributionFactory(dialogue=asked.dialogue, participant=amina)
    long_ago = timezone.now() - timedelta(days=40)
    decide(contribution=voice, decision=HIDE, seen=0, by=lars, at=long_ago)
    ask_for_new_assessment(participant=amina, public_id=voice.public_id, words="", at=long_ago)
    client.force_login(team_member(asked.dialogue, TeamRole.OFFICIAL), BACKEND)
    page = text_of(client.get(reverse("dialogues:today")))
    assert voice.public_id in page
    assert "Försenat" in page or "Försenad" in page


def test_hiding_by_mistake_is_mended_from_the_notice_and_both_steps_stay(client, asked, lars):
    """See docs/adr/0016: there is no undo that would leave a decision without its answer."""
    voice = ContributionFactory(dialogue=asked.dialogue, text="Riv skolan")
    address = reverse("dialogues:case", args=[asked.dialogue.public_id, voice.public_id])
    client.force_login(lars, backend=BACKEND)

    def decide_on(page, **more):
        seen = BeautifulSoup(client.get(page).content, "html.parser").select_one("[name=seen]")
        answer = client.post(page, {"seen": seen["value"], **more}, follow=True)
        voice.refresh_from_db()
        return BeautifulSoup(answer.content, "html.parser").select_one(".messages")

    notice = decide_on(address, to="hidden", ground="threat", words="Det är ett hot.")
    assert voice.state == ContributionState.HIDDEN
    assert notice.select_one("[name=undo]") is None
    decide_on(notice.a["href"], to="published", note="Jag tryckte fel.")
    assert (voice.state, voice.state_reason) == (ContributionState.PUBLISHED, "")
    steps = voice.moderation.order_by("pk").values_list("from_state", "to_state", "by", "note")
    assert list(steps) == [
        ("published", "hidden", lars.pk, ""),
        ("hidden", "published", lars.pk, "Jag tryckte fel."),
    ]
