"""Deciding on contributions: every step kept, hidden only on a ground, a second person anew."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from brygga.core.audit.models import AuditRow
from brygga.core.registry import registry as core
from brygga.dialogues.enums import CaseCause, Channel, ContributionState, ModerationStep, TeamRole
from brygga.dialogues.models import ModerationCase, ModerationEvent, ProcessLogEntry
from brygga.dialogues.operations.assessments import (
    NothingToAssessError,
    NotShownError,
    ask_for_new_assessment,
    report,
)
from brygga.dialogues.operations.moderation import (
    MASK,
    AlreadyDecidedError,
    Decision,
    HidingNeedsGroundError,
    NotAModeratorError,
    NothingToMaskError,
    SecondPersonError,
    VoiceIsGoneError,
    assign,
    decide,
)
from brygga.dialogues.operations.participants import NotYourContributionError, join, withdraw
from brygga.dialogues.operations.strict_mode import set_strict_mode
from brygga.dialogues.operations.voices import Voice, record_contributions
from brygga.dialogues.queries.assessments import told_of
from brygga.dialogues.queries.moderation import moderators_of, next_case, usual_wait, version_of
from brygga.dialogues.queries.moderation_figures import figures_of
from brygga.dialogues.registry import Tool, registry
from tests.factories.accounts import UserFactory, person_with
from tests.factories.dialogues import NOW, ContributionFactory, dialogue_in, team_member

pytestmark = pytest.mark.django_db
HIDE = Decision(to=ContributionState.HIDDEN, ground="threat", words="Det är ett hot.")
PUBLISH = Decision(to=ContributionState.PUBLISHED)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def dialogue():
    return dialogue_in()


@pytest.fixture
def lars(dialogue):
    return team_member(dialogue)


@pytest.fixture
def sara(dialogue):
    return team_member(dialogue, TeamRole.OFFICIAL)


@pytest.fixture
def amina(dialogue):
    return join(dialogue=dialogue, language="sv", at=NOW).participant


@pytest.fixture
def voice(dialogue, amina):
    return ContributionFactory(dialogue=dialogue, participant=amina, text="Jag slår er alla.")


def judge(voice, decision, by, at=LATER, seen=None):
    seen = version_of(voice) if seen is None else seen
    decide(contribution=voice, decision=decision, seen=seen, by=by, at=at)
    voice.refresh_from_db()
    return voice


def hear(dialogue, text, by=None, state=ContributionState.PUBLISHED):
    (kept,) = record_contributions(
        dialogue=dialogue, voices=[Voice(text)], channel=Channel.WEB, by=by, at=NOW, state=state
    )
    return kept


def test_hiding_keeps_the_words_tells_why_and_can_be_changed(voice, lars, dialogue):
    hidden = judge(voice, HIDE, lars)
    assert (hidden.state, hidden.text) == ("hidden", "Jag slår er alla.")
    assert hidden.state_reason == "Det är ett hot, eller hat mot en grupp. Det är ett hot."
    shown = judge(voice, PUBLISH, lars)
    assert (shown.state, shown.state_reason) == ("published", "")
    steps = ModerationEvent.objects.filter(contribution=voice).order_by("pk")
    assert [(step.from_state, step.to_state, step.ground) for step in steps] == [
        ("published", "hidden", "threat"),
        ("hidden", "published", ""),
    ]
    assert AuditRow.objects.filter(action="contribution.hidden", by_id=lars.pk).exists()


@pytest.mark.parametrize("ground", ["", "i_disagree"])
def test_nothing_is_hidden_but_on_a_ground_of_the_list(voice, lars, ground):
    with pytest.raises(HidingNeedsGroundError):
        judge(voice, Decision(to=ContributionState.HIDDEN, ground=ground), lars)
    with pytest.raises(IntegrityError), transaction.atomic():
        ModerationEvent.objects.create(
            contribution=voice, kind=ModerationStep.DECIDED, at=NOW, by=lars, to_state="hidden"
        )


def test_a_municipality_can_have_grounds_of_its_own(voice, lars, settings, tmp_path):
    settings.BRYGGA_GROUNDS = str(tmp_path / "grounds.toml")
    own = '[[ground]]\ncode = "own"\nsv = "Vårt eget skäl"\nen = "Our own"\n'
    (tmp_path / "grounds.toml").write_text(own, "utf-8")
    with pytest.raises(HidingNeedsGroundError):
        judge(voice, HIDE, lars)
    judge(voice, Decision(to=ContributionState.HIDDEN, ground="own"), lars)
    assert voice.state_reason == "Vårt eget skäl."


@pytest.mark.parametrize("act", [lambda rows: rows.update(words="x"), lambda rows: rows.delete()])
def test_steps_are_only_added(voice, lars, act):
    judge(voice, HIDE, lars)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        act(ModerationEvent.objects.all())


def test_erasing_by_a_rule_says_so_in_its_transaction(voice, lars):
    judge(voice, HIDE, lars)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL brygga.erasing = 'on'")
    assert ModerationEvent.objects.update(words="") == 1


def test_a_page_that_is_too_old_decides_nothing(voice, lars, sara):
    seen = version_of(voice)
    judge(voice, HIDE, lars, seen=seen)
    with pytest.raises(AlreadyDecidedError):
        judge(voice, PUBLISH, sara, seen=seen)
    voice.refresh_from_db()
    assert voice.state == "hidden"


@pytest.mark.parametrize("state", [ContributionState.WITHDRAWN, ContributionState.ERASED])
def test_what_somebody_withdrew_is_not_shown_again(dialogue, lars, state):
    text = {"text": ""} if state == ContributionState.ERASED else {}
    voice = ContributionFactory(dialogue=dialogue, state=state, **text)
    with pytest.raises(VoiceIsGoneError):
        judge(voice, PUBLISH, lars)


def test_a_tool_is_told_of_each_decision(voice, lars, monkeypatch):
    told = []
    monkeypatch.setattr(registry, "tools", {})
    registry.add(Tool("example", "Example", moderated=lambda v, at: told.append((v.state, at))))
    judge(voice, HIDE, lars)
    assert told == [("hidden", LATER)]


def test_personal_data_is_masked_and_the_original_is_kept(dialogue, lars, amina):
    text = "Ring 070-174 06 58. Min granne Bo säger 070-174 06 58."
    voice = ContributionFactory(dialogue=dialogue, participant=amina, text=text)
    judge(voice, Decision(to=ContributionState.PUBLISHED, masks=["070-174 06 58", "Bo"]), lars)
    assert voice.text == f"Ring {MASK}. Min granne {MASK} säger {MASK}."
    assert voice.original.text == text
    assert told_of([voice])[voice.pk].may_ask
    judge(voice, Decision(to=ContributionState.PUBLISHED, masks=["granne"]), lars)
    assert voice.original.text == text
    judge(voice, Decision(to=ContributionState.PUBLISHED, restores=True), lars)
    assert voice.text == text


def test_words_that_do_not_stand_there_are_not_masked(voice, lars):
    with pytest.raises(NothingToMaskError):
        judge(voice, Decision(to=ContributionState.PUBLISHED, masks=["Åsa"]), lars)
    voice.refresh_from_db()
    assert voice.text == "Jag slår er alla."


def test_residents_words_wait_in_strict_mode_and_with_personal_data(dialogue, lars):
    assert hear(dialogue, "Behåll skolan").state == "published"
    assert hear(dialogue, "Ring mig på 070-174 06 58").state == "waiting"
    set_strict_mode(dialogue=dialogue, is_on=True, reason="Hot.", by=lars, at=NOW)
    dialogue.refresh_from_db()
    assert hear(dialogue, "Behåll skolan").state == "waiting"
    assert hear(dialogue, "Från ett möte", by=lars).state == "published"
    causes = ModerationCase.objects.order_by("pk").values_list("cause", flat=True)
    assert list(causes) == [CaseCause.PERSONAL_DATA, CaseCause.STRICT]


def test_a_change_of_mode_is_written_in_the_diary_once(dialogue, lars):
    for _ in range(2):
        set_strict_mode(dialogue=dialogue, is_on=True, reason="Hot.", by=lars, at=NOW)
    entry = ProcessLogEntry.objects.get(dialogue=dialogue)
    assert (entry.reason, entry.is_public, entry.by) == ("Hot.", True, lars)


def test_the_usual_wait_is_told_only_when_it_is_real(dialogue, lars):
    for hours in (1, 2, 3, 40):
        voice = ContributionFactory(dialogue=dialogue, state=ContributionState.WAITING)
        judge(voice, PUBLISH, lars, at=NOW + timedelta(hours=hours))
    assert usual_wait(dialogue) is None
    voice = ContributionFactory(dialogue=dialogue, state=ContributionState.WAITING)
    judge(voice, PUBLISH, lars, at=NOW + timedelta(hours=4))
    assert usual_wait(dialogue) == timedelta(hours=3)


def test_a_case_is_given_to_those_who_may_decide_only(dialogue, lars, sara):
    host = team_member(dialogue, TeamRole.HOST)
    case = hear(dialogue, "Ring 070-174 06 58").cases.get()
    with pytest.raises(NotAModeratorError):
        assign(case=case, to=host, by=lars, at=NOW)
    assert assign(case=case, to=sara, by=lars, at=NOW).assigned_to == sara
    assert next_case([dialogue.pk], lars) is None
    assert next_case([dialogue.pk], sara) == case


def test_those_who_may_decide_are_those_of_the_rules(dialogue, lars, sara):
    from brygga.accounts.enums import Role  # noqa: PLC0415 - used here only

    owner = person_with(Role.OWNER, dialogue.organisation)
    person_with(Role.ELECTED, dialogue.organisation)
    team_member(dialogue, TeamRole.SECRETARY)
    assert set(moderators_of(dialogue, at=NOW)) == {lars, sara, owner}


class TestNewAssessment:
    def ask(self, voice, amina, words="Det var ironi."):
        return ask_for_new_assessment(
            participant=amina, public_id=voice.public_id, words=words, at=LATER
        )

    def test_a_second_person_decides_within_working_days(self, voice, amina, lars, sara):
        judge(voice, HIDE, lars)
        case = self.ask(voice, amina)
        assert case.due_on == date(2026, 4, 17)  # ten working days, Easter left out
        with pytest.raises(SecondPersonError):
            judge(voice, PUBLISH, lars)
        with pytest.raises(SecondPersonError):
            assign(case=case, to=lars, by=sara, at=LATER)
        judge(voice, PUBLISH, sara)
        told = told_of([voice])[voice.pk]
        assert (voice.state, told.was_changed, told.may_ask) == ("published", True, False)

    def test_the_database_too_refuses_the_first_person(self, voice, amina, lars):
        judge(voice, HIDE, lars)
        case = self.ask(voice, amina)
        with pytest.raises(IntegrityError), transaction.atomic():
            ModerationCase.objects.filter(pk=case.pk).update(closed_at=LATER, closed_by=lars)

    def test_it_is_asked_once_for_each_decision(self, voice, amina, lars, sara):
        judge(voice, HIDE, lars)
        assert self.ask(voice, amina) == self.ask(voice, amina, "En gång till.")
        assert ModerationEvent.objects.filter(kind=ModerationStep.ASKED).count() == 1
        judge(voice, HIDE, sara)
        told = told_of([voice])[voice.pk]
        assert (told.was_changed, told.may_ask) == (False, False)
        with pytest.raises(NothingToAssessError):
            self.ask(voice, amina)

    def test_only_the_author_asks_and_only_of_a_decision(self, voice, amina, lars, dialogue):
        with pytest.raises(NothingToAssessError):
            self.ask(voice, amina)
        judge(voice, HIDE, lars)
        somebody = join(dialogue=dialogue, language="sv", at=NOW).participant
        with pytest.raises(NotYourContributionError):
            self.ask(voice, somebody)

    def test_the_second_person_is_reminded_and_late_is_marked(self, voice, amina, lars, sara):
        judge(voice, HIDE, lars)
        self.ask(voice, amina)
        [item] = core.today_items(sara, LATER)
        assert not item.is_overdue
        assert voice.public_id in item.url
        assert core.today_items(lars, LATER) == []
        [late] = core.today_items(sara, LATER + timedelta(days=40))
        assert late.is_overdue

    def test_where_one_moderates_alone_the_owner_is_asked(self, voice, amina, lars, dialogue):
        from brygga.accounts.enums import Role  # noqa: PLC0415 - used here only

        owner = person_with(Role.OWNER, dialogue.organisation)
        judge(voice, HIDE, lars)
        self.ask(voice, amina)
        assert len(core.today_items(owner, LATER)) == 1
        team_member(dialogue, TeamRole.OFFICIAL)
        assert core.today_items(owner, LATER) == []

    def test_withdrawing_ends_the_case(self, voice, amina, dialogue):
        waiting = ContributionFactory(dialogue=dialogue, participant=amina, state="waiting")
        withdraw(participant=amina, public_id=waiting.public_id, at=LATER)
        assert not ModerationCase.objects.filter(closed_at=None).exists()


class TestReports:
    def report(self, voice, key="k"):
        return report(contribution=voice, ground="threat", words="Läs det.", client_key=key, at=NOW)

    def test_however_many_report_it_stays_until_read(self, voice):
        for number in range(30):
            self.report(voice, f"k{number}")
        self.report(voice, "k1")
        voice.refresh_from_db()
        assert voice.state == "published"
        assert ModerationCase.objects.get().events.count() == 30

    def test_only_what_is_shown_is_reported(self, voice, lars):
        judge(voice, HIDE, lars)
        with pytest.raises(NotShownError):
            self.report(voice)


def test_a_leader_is_warned_when_the_queue_is_old(dialogue, lars):
    hear(dialogue, "Ring 070-174 06 58")
    [item] = core.today_items(lars, NOW)
    assert not item.is_overdue
    [item] = core.today_items(lars, NOW + timedelta(days=9))
    assert item.is_overdue


def test_figures_under_five_are_not_told_nor_given_away(dialogue, lars):
    def hide(count, ground):
        for voice in ContributionFactory.create_batch(count, dialogue=dialogue):
            judge(voice, Decision(to=ContributionState.HIDDEN, ground=ground), lars)

    assert figures_of(dialogue).is_empty
    hide(6, "threat")
    figures = figures_of(dialogue)
    assert (figures.hidden, figures.by_ground[0][1], figures.has_few) == (6, 6, False)
    hide(2, "advertising")
    figures = figures_of(dialogue)
    assert (figures.hidden, len(figures.by_ground), figures.has_few) == (None, 1, True)


def test_changed_assessments_are_told_only_when_both_parts_are_many(dialogue, amina, lars, sara):
    for number in range(11):
        voice = ContributionFactory(dialogue=dialogue, participant=amina)
        judge(voice, HIDE, lars)
        TestNewAssessment().ask(voice, amina)
        judge(voice, PUBLISH if number < 6 else HIDE, sara)
        figures = figures_of(dialogue)
        told = (figures.assessed, figures.changed)
        expected = {4: (5, 5), 7: (8, None), 10: (11, 6)}
        assert number not in expected or told == expected[number]


def test_a_stranger_moderates_nothing(dialogue):
    assert UserFactory() not in moderators_of(dialogue, at=NOW)
