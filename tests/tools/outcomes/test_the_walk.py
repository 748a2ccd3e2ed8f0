"""From a decision down to the voices, and from a voice up to what became of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from brygga.dialogues.enums import DialogueState, InsightState, StepKind, Visibility
from brygga.dialogues.queries.receipts import get_receipt
from brygga.dialogues.registry import registry
from brygga.tools.outcomes.enums import ActionState, ProposalState, Verdict
from brygga.tools.outcomes.models import Decision, ProposalVerdict
from brygga.tools.outcomes.queries.voices import QUOTES, voices_under
from brygga.tools.outcomes.tool import TOOL
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    ParticipantFactory,
    PerspectiveFactory,
    dialogue_in,
)
from tests.factories.outcomes import ActionUpdateFactory, ProposalFactory, walk_in


@pytest.fixture
def walk(db):
    return walk_in()


def outcomes_of(*contributions):
    found = list(TOOL.what_became_of([contribution.pk for contribution in contributions]))
    return [
        [(one.kind, one.text) for one in found if one.contribution_id == voice.pk]
        for voice in contributions
    ]


def read(client, page):
    return client.get(page.get_absolute_url() if isinstance(page, Decision) else page)


def test_a_decision_shows_the_way_down_to_the_voices(client, walk):
    text = read(client, walk.decision).content.decode()
    for seen in (
        walk.proposal.title,
        walk.verdict.reasons,
        walk.insight.text,
        walk.perspective.title,
        walk.result.title,
        walk.direct.text,
        walk.shared.text,
        walk.action.what,
        "Upphandlingen har börjat.",
    ):
        assert seen in text


def test_nothing_that_is_not_published_is_on_the_way(client, walk):
    text = read(client, walk.decision).content.decode()
    assert [secret for secret in walk.secrets if secret in text] == []


def test_what_is_not_shown_is_counted(walk):
    voices = voices_under([walk.insight.pk])
    direct = voices.under(walk.insight.pk)
    shared = voices.under(walk.insight.pk, walk.perspective.pk)
    assert (direct.total, direct.published, direct.unseen) == (3, 1, 2)
    assert (shared.total, shared.published, shared.unseen) == (2, 1, 1)
    assert voices.of_insight(walk.insight.pk) == voices.total == 5


def test_a_voice_that_is_cited_in_two_ways_counts_once(walk):
    walk.insight.contributions.add(walk.shared)
    assert voices_under([walk.insight.pk]).total == 5


def test_no_id_name_or_time_of_a_voice_is_on_the_page(client, walk):
    person = ParticipantFactory(dialogue=walk.dialogue)
    official = UserFactory(name="Ulla Handläggare", email="ulla@example.test")
    for voice in (walk.direct, walk.shared):
        voice.participant, voice.entered_by, voice.place = person, official, "Torget 4 B"
        voice.save()
    text = read(client, walk.decision).content.decode()
    assert walk.direct.text in text
    for trace in (
        walk.direct.public_id,
        walk.shared.public_id,
        person.public_id,
        person.secret_hash,
        "Ulla",
        "ulla@example.test",
        "Torget 4 B",
    ):
        assert trace not in text


def test_few_are_quoted_and_the_rest_counted(client, walk):
    more = [ContributionFactory(dialogue=walk.dialogue) for _ in range(QUOTES + 7)]
    walk.perspective.contributions.add(*more)
    heard = voices_under([walk.insight.pk]).under(walk.insight.pk, walk.perspective.pk)
    assert (len(heard.quotes), heard.published, heard.more) == (QUOTES, QUOTES + 8, 8)
    assert "Och 8 röster till" in read(client, walk.decision).content.decode()


def test_an_insight_that_was_withdrawn_is_no_longer_on_the_way(client, walk):
    walk.insight.state, walk.insight.state_reason = InsightState.WITHDRAWN, "Vi hörde fel."
    walk.insight.save()
    text = read(client, walk.decision).content.decode()
    assert walk.insight.text not in text
    assert walk.direct.text not in text
    assert outcomes_of(walk.direct) == [[]]


def test_an_insight_under_two_proposals_is_told_once_and_linked_to(client, walk):
    other = ProposalFactory(dialogue=walk.dialogue, title="Bygg ut bussen")
    other.insights.set([walk.insight])
    ProposalVerdict.objects.create(
        decision=walk.decision, proposal=other, verdict=Verdict.NO, reasons="För dyrt."
    )
    text = read(client, walk.decision).content.decode()
    assert text.count(walk.direct.text) == 1
    assert f'href="#slutsats-{walk.insight.public_id}"' in text


def test_from_a_voice_up_to_the_follow_up(walk):
    ActionUpdateFactory(action=walk.action, state=ActionState.DONE)
    walk.action.state = ActionState.DONE
    walk.action.save()
    direct, shared = outcomes_of(walk.direct, walk.shared)
    assert direct == shared
    assert [kind for kind, _ in direct] == ["Förslag", "Beslut", "Åtgärd"]
    assert walk.decision.title in direct[1][1]
    assert direct[1][1].startswith("Delvis")
    assert walk.action.who in direct[2][1]


def test_only_what_is_published_is_told_of_a_voice(walk):
    Decision.objects.filter(pk=walk.decision.pk).update(published_at=None)
    walk.action.is_public = False
    walk.action.save()
    assert [[kind for kind, _ in found] for found in outcomes_of(walk.direct)] == [["Förslag"]]
    walk.proposal.state = ProposalState.DRAFT
    walk.proposal.save()
    assert outcomes_of(walk.direct) == [[]]


def test_a_receipt_tells_its_holder_and_nobody_of_others(client, walk):
    mine, other = (ParticipantFactory(dialogue=walk.dialogue) for _ in range(2))
    walk.direct.participant, walk.shared.participant = mine, other
    walk.direct.save()
    walk.shared.save()
    voices = get_receipt(mine).voices
    assert [voice.contribution for voice in voices] == [walk.direct]
    assert [one.kind for one in voices[0].outcomes] == ["Förslag", "Beslut", "Åtgärd"]
    assert all(walk.shared.text not in one.text for one in voices[0].outcomes)


def test_a_voice_elsewhere_is_told_nothing(walk):
    stranger = ContributionFactory(dialogue=dialogue_in(StepKind.PERSPECTIVES))
    assert outcomes_of(stranger) == [[]]
    text = str(outcomes_of(walk.direct))
    assert stranger.text not in text


def test_what_rests_on_an_insight(walk):
    uses = registry.rests_on([walk.insight.pk])[walk.insight.pk]
    assert [use.kind for use in uses] == ["Förslag", "Beslut"]
    assert all(use.url for use in uses)


def asked(function, *arguments):
    with CaptureQueriesContext(connection) as captured:
        list(function(*arguments))
    return len(captured)


@pytest.mark.parametrize("hook", ["what_became_of", "rests_on"])
def test_many_are_asked_of_as_cheaply_as_one(walk, hook):
    question = getattr(TOOL, hook)
    asked_of = walk.direct if hook == "what_became_of" else walk.insight
    one = asked(question, [asked_of.pk])
    for number in range(20):
        insight = InsightFactory(
            dialogue=walk.dialogue, state=InsightState.PUBLISHED, published_at=NOW
        )
        voice = ContributionFactory(dialogue=walk.dialogue)
        if number % 2:
            insight.contributions.add(voice)
        else:
            perspective = PerspectiveFactory(dialogue=walk.dialogue)
            perspective.contributions.add(voice)
            insight.perspectives.add(perspective)
        proposal = ProposalFactory(dialogue=walk.dialogue)
        proposal.insights.add(insight)
        ProposalVerdict.objects.create(
            decision=walk.decision, proposal=proposal, verdict=Verdict.YES, reasons="Ja."
        )
    many = list(type(asked_of).objects.values_list("pk", flat=True))
    assert len(many) > 20
    assert len(list(question(many))) > 20
    assert asked(question, many) == one


@pytest.mark.django_db
def test_an_internal_walk_is_for_members_only(client):
    dialogue = dialogue_in(StepKind.IMPLEMENTATION, visibility=Visibility.INTERNAL)
    walk = walk_in(dialogue, body=None, manager="Avdelningschefen Åsa Berg", dnr="")
    assert read(client, walk.decision).status_code == 404
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert read(client, walk.decision).status_code == 404
    member = MembershipFactory(organisation=dialogue.organisation).user
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    text = read(client, walk.decision).content.decode()
    assert "Avdelningschefen Åsa Berg" in text
    assert walk.direct.text in text


@pytest.mark.django_db
def test_a_dialogue_that_was_broken_off_still_shows_what_was_decided(client):
    walk = walk_in(dialogue_in(StepKind.DECISION, DialogueState.CANCELLED))
    text = read(client, walk.decision).content.decode()
    assert walk.dialogue.cancel_reason in text
    assert walk.dialogue.cancel_feedback in text
    assert walk.direct.text in text
