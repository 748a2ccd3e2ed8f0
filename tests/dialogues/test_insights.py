import pytest

from brygga.core.audit.queries import trail
from brygga.dialogues.enums import ContributionState, InsightState
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.insights import (
    Claim,
    ForeignCitationError,
    InsightIsPublishedError,
    NothingCitedError,
    draft_insight,
    edit_insight,
    publish_insight,
    withdraw_insight,
)
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.insights import citable_in
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    PerspectiveFactory,
    PublishedResultFactory,
    dialogue_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return UserFactory()


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("results", PublishedResultFactory),
        ("perspectives", PerspectiveFactory),
        ("contributions", ContributionFactory),
    ],
)
def test_an_insight_cites_what_its_own_dialogue_heard_and_nothing_else(leader, kind, make):
    dialogue = dialogue_in()
    own, foreign = make(dialogue=dialogue), make()

    insight = draft_insight(
        dialogue=dialogue, claim=Claim("Vägen är farlig", **{kind: [own]}), by=leader, at=NOW
    )
    assert list(getattr(insight, kind).all()) == [own]
    with pytest.raises(ForeignCitationError):
        draft_insight(
            dialogue=dialogue,
            claim=Claim("Vägen är farlig", **{kind: [own, foreign]}),
            by=leader,
            at=NOW,
        )
    published = publish_insight(insight=insight, by=leader, at=NOW)
    assert (published.state, published.published_at) == (InsightState.PUBLISHED, NOW)


def test_an_insight_that_cites_nothing_stays_a_draft(leader):
    insight = InsightFactory()

    with pytest.raises(NothingCitedError):
        publish_insight(insight=insight, by=leader, at=NOW)

    insight.refresh_from_db()
    assert insight.state == InsightState.DRAFT


def test_a_voice_that_was_withdrawn_carries_no_insight(leader):
    dialogue = dialogue_in()
    voice = ContributionFactory(dialogue=dialogue)
    insight = draft_insight(
        dialogue=dialogue, claim=Claim("Vägen", contributions=[voice]), by=leader, at=NOW
    )
    voice.state = ContributionState.WITHDRAWN
    voice.save()

    with pytest.raises(NothingCitedError):
        publish_insight(insight=insight, by=leader, at=NOW)
    with pytest.raises(ForeignCitationError):
        draft_insight(
            dialogue=dialogue, claim=Claim("Vägen", contributions=[voice]), by=leader, at=NOW
        )


def test_two_people_rewriting_a_draft_meet_no_silent_loss(leader):
    insight = InsightFactory()
    edit_insight(insight=insight, claim=Claim("Åsas"), version=1, by=leader, at=NOW)

    with pytest.raises(EditConflictError) as error:
        edit_insight(insight=insight, claim=Claim("Bos"), version=1, by=leader, at=NOW)

    assert error.value.clashes[0].theirs == "Åsas"
    insight.refresh_from_db()
    assert insight.text == "Åsas"


def test_a_published_insight_is_withdrawn_with_a_reason_and_not_rewritten(leader):
    perspective = PerspectiveFactory()
    insight = InsightFactory(dialogue=perspective.dialogue)
    insight.perspectives.add(perspective)
    publish_insight(insight=insight, by=leader, at=NOW)

    with pytest.raises(InsightIsPublishedError):
        edit_insight(insight=insight, claim=Claim("Nytt"), version=1, by=leader, at=NOW)
    with pytest.raises(ReasonMissingError):
        withdraw_insight(insight=insight, reason="", by=leader, at=NOW)
    withdrawn = withdraw_insight(insight=insight, reason="Vi hörde fel", by=leader, at=NOW)

    assert (withdrawn.state, withdrawn.state_reason) == (InsightState.WITHDRAWN, "Vi hörde fel")
    assert [row.action for row in trail(insight)] == ["insight.withdraw", "insight.publish"]


def test_publishing_twice_keeps_the_first_time(leader):
    perspective = PerspectiveFactory()
    insight = InsightFactory(dialogue=perspective.dialogue)
    insight.perspectives.add(perspective)
    publish_insight(insight=insight, by=leader, at=NOW)

    publish_insight(insight=insight, by=leader, at=NOW)

    assert trail(insight).count() == 1


@pytest.mark.parametrize("words", ["skolväg", "vägarna till skolan", "skolvegen", "Skolvägen"])
def test_voices_to_cite_are_found_by_word_forms_and_with_typos(words):
    dialogue = dialogue_in()
    about = ContributionFactory(
        dialogue=dialogue, text="Skolvägen är mörk, och vägen till skolan saknar trottoar."
    )
    other = ContributionFactory(dialogue=dialogue, text="Simhallen stänger för tidigt.")

    assert citable_in(dialogue, cited_by=None, words=words).offered == (about,)
    assert set(citable_in(dialogue, cited_by=None).offered) == {about, other}


def test_what_is_cited_already_stays_on_offer_whatever_is_searched_for():
    dialogue = dialogue_in()
    cited, found = (
        ContributionFactory(dialogue=dialogue, text=text)
        for text in ("Simhallen stänger för tidigt.", "Skolvägen är mörk.")
    )
    insight = InsightFactory(dialogue=dialogue)
    insight.contributions.add(cited)

    assert citable_in(dialogue, cited_by=insight, words="skolväg").offered == (cited, found)
