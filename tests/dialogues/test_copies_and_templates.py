"""A dialogue that begins with an earlier one or with a template: words, never people or voices."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.dialogues.enums import DialogueForm, KitText, StepKind, TeamRole
from brygga.dialogues.models import (
    Contribution,
    Dialogue,
    DialogueTemplate,
    InvitationText,
    Participant,
    Step,
)
from brygga.dialogues.operations.copying import copy_dialogue, open_from_template
from brygga.dialogues.operations.dialogues import NewDialogue
from brygga.dialogues.operations.starters import (
    NothingChosenError,
    retire_template,
    save_as_template,
)
from brygga.dialogues.queries.copying import parts_to_copy
from brygga.dialogues.queries.start_check import start_check
from brygga.dialogues.queries.starters import get_starter, starters_for
from brygga.dialogues.registry import Copier, registry
from brygga.dialogues.rules import Permission
from tests.factories.accounts import OrganisationFactory, person_with
from tests.factories.dialogues import (
    NOW,
    ContributionFactory,
    InsightFactory,
    ParticipantFactory,
    TeamMemberFactory,
    dialogue_in,
)

pytestmark = pytest.mark.django_db
EVERYTHING = ("texts", "mandate", "steps", "kit")
NOT_TAKEN = (
    "commissioner",
    "steering_group",
    "feeds_manager",
    "feeds_on",
    "feedback_on",
    "feedback_owner",
    "start_on",
    "start_dnr",
    "assessment_reference",
    "issue_is_open",
    "deciders_are_open",
)


@pytest.fixture
def source():
    """A dialogue with a full mandate, texts, people, voices and conclusions."""
    source = dialogue_in(StepKind.PERSPECTIVES, background="Skolan byggdes 1958.")
    source.steps.filter(position=2).update(public_text="Vi samlar perspektiv.", ladder_level=2)
    participant = ParticipantFactory(dialogue=source)
    ContributionFactory(dialogue=source, participant=participant)
    InsightFactory(dialogue=source)
    TeamMemberFactory(dialogue=source, role=TeamRole.HOST)
    for kind in (KitText.LETTER, KitText.SHORT):
        InvitationText.objects.create(
            dialogue=source, kind=kind, language="sv", heading="Kom", text="Hit", written_at=NOW
        )
    return source


@pytest.fixture
def leader(source):
    return person_with(Role.PROCESS_LEADER, source.organisation)


def copied(source, leader, *parts, key=None):
    return copy_dialogue(
        source=source,
        organisation=source.organisation,
        title="Ny fråga",
        parts=parts,
        client_key=key,
        by=leader,
        at=NOW,
    )


def test_words_and_structure_come_along_and_nobody_else(source, leader):
    draft = copied(source, leader, *EVERYTHING)

    assert (draft.title, draft.state, draft.form) == ("Ny fråga", "draft", source.form)
    assert draft.background or Dialogue.objects.get(pk=draft.pk).background == source.background
    draft.refresh_from_db()
    assert draft.mandate.open_to_influence == source.mandate.open_to_influence
    assert draft.mandate.ladder_level == source.mandate.ladder_level
    step = draft.steps.get(position=2)
    assert (step.public_text, step.ladder_level) == ("Vi samlar perspektiv.", 2)
    assert [text.kind for text in draft.invitation_texts.all()] == [KitText.LETTER]
    assert [link.earlier for link in draft.links.all()] == [source]
    assert list(draft.team.values_list("user", "role")) == [(leader.pk, "process_leader")]
    assert not Participant.objects.filter(dialogue=draft).exists()
    assert not Contribution.objects.filter(dialogue=draft).exists()
    assert not draft.insights.exists()
    assert list(draft.bodies.all()) == list(source.bodies.all())
    assert [name for name in NOT_TAKEN if getattr(draft.mandate, name)] == []


def test_a_copy_asks_its_own_start_check(source, leader):
    draft = copied(source, leader, *EVERYTHING)

    check = start_check(draft, draft.mandate, on=date(2026, 4, 1))

    assert {"commissioner", "promise", "start", "open"} <= {point.code for point in check.failing}


def test_only_the_chosen_parts_come_along(source, leader):
    draft = copied(source, leader, "steps")
    draft.refresh_from_db()

    assert draft.background == ""
    assert draft.mandate.open_to_influence == ""
    assert draft.steps.get(position=2).public_text == "Vi samlar perspektiv."
    assert not draft.invitation_texts.exists()


def test_the_same_form_sent_twice_copies_once(source, leader):
    assert copied(source, leader, *EVERYTHING, key="k") == copied(source, leader, key="k")
    assert Dialogue.objects.filter(title="Ny fråga").count() == 1


def test_another_part_of_brygga_may_bring_its_own_words(source, leader, monkeypatch):
    monkeypatch.setattr(registry, "copiers", dict(registry.copiers))

    def bring(copying):
        Step.objects.filter(dialogue=copying.draft, position=1).update(
            public_text=f"{copying.source}, {copying.by}, {copying.at:%Y}"
        )

    registry.add_copier(Copier("songs", "Songs", lambda dialogue, on: [f"{dialogue} {on}"], bring))
    draft = copied(source, leader, "songs")

    parts = parts_to_copy(source, [Permission.SEE_WORKSPACE], on=date(2026, 4, 1))
    assert parts[-1].lines == (f"{source} 2026-04-01",)
    assert draft.steps.get(position=1).public_text == f"{source}, {leader}, 2026"


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_leader_sees_what_is_copied_and_opens_the_copy(client, source, leader):
    browser = sign_in(client, leader)
    where = reverse("dialogues:copy", args=[source.public_id])
    text = browser.get(where).content.decode()
    assert "Skolan byggdes 1958." in text

    sent = {
        "organisation": source.organisation.public_id,
        "title": "En by till",
        "parts": ["texts"],
        "client_key": "once",
    }
    browser.post(where, sent)
    browser.post(where, sent)

    assert Dialogue.objects.get(title="En by till").links.get().earlier == source
    assert browser.post(where, sent | {"title": ""}).status_code == 200


def test_who_may_open_no_dialogue_copies_none(client, source):
    elected = person_with(Role.ELECTED, source.organisation)

    address = reverse("dialogues:copy", args=[source.public_id])
    assert sign_in(client, elected).get(address).status_code == 404


def test_a_template_holds_no_person_and_no_date(source, leader):
    template = save_as_template(
        dialogue=source, name="Byskola", parts=EVERYTHING, by=leader, at=NOW
    )

    held = json.dumps(template.content)
    assert set(template.content) == {"texts", "mandate", "steps"}
    for told in ("BUN 2026", "2026-1", source.mandate.feedback_owner.name, "presidium"):
        assert told not in held


def test_the_same_name_makes_a_new_version_and_a_retired_one_is_not_offered(source, leader):
    save = {"dialogue": source, "name": "Byskola", "by": leader, "at": NOW}
    save_as_template(parts=["mandate"], **save)
    second = save_as_template(parts=["steps"], **save)
    where = [source.organisation_id]

    offered = [each for each in starters_for(where) if each.public_id]
    assert [(each.version, each.whose) for each in offered] == [(2, source.organisation.name)]
    retire_template(template=second, by=leader, at=NOW)
    retire_template(template=second, by=leader, at=NOW)
    assert [each for each in starters_for(where) if each.public_id] == []
    assert save_as_template(parts=["steps"], **save).version == 3
    with pytest.raises(NothingChosenError):
        save_as_template(parts=["voices"], **save)


def test_one_version_of_a_template_is_in_use(source, leader):
    template = save_as_template(dialogue=source, name="A", parts=["steps"], by=leader, at=NOW)
    row = {"organisation": template.organisation, "name": "A", "content": {}, "created_at": NOW}
    with transaction.atomic(), pytest.raises(IntegrityError, match="template_one_in_use"):
        DialogueTemplate.objects.create(version=2, **row)
    with transaction.atomic(), pytest.raises(IntegrityError, match="template_version_once"):
        DialogueTemplate.objects.create(version=1, retired_at=NOW, **row)


@pytest.mark.parametrize("form", DialogueForm)
def test_each_form_has_a_template_of_ours_that_says_whose_it_is(form, leader, source):
    starter = get_starter(form.value, [])
    new = NewDialogue(title="Ny", summary="Kort", form=form)
    draft = open_from_template(
        organisation=source.organisation, new=new, template=starter.content, by=leader, at=NOW
    )

    assert starter.whose in {"Bryggas egen", "Brygga's own"}
    draft.refresh_from_db()
    assert draft.mandate.feedback_promise
    assert all(draft.steps.values_list("public_text", flat=True))


def test_a_level_above_the_templates_mandate_is_not_given(leader, source):
    content = {"mandate": {"ladder_level": 2}, "steps": {"during": {"ladder_level": 5}}}
    new = NewDialogue(title="Ny", summary="Kort", form=DialogueForm.SIMPLE)

    draft = open_from_template(
        organisation=source.organisation, new=new, template=content, by=leader, at=NOW
    )

    assert draft.steps.get(kind="during").ladder_level is None


def test_the_leader_saves_a_template_begins_with_it_and_retires_it(client, source, leader):
    browser = sign_in(client, leader)
    save = reverse("dialogues:template_save", args=[source.public_id])
    browser.post(save, {"name": "Byskola", "parts": ["texts", "mandate"]})
    template = DialogueTemplate.objects.get()
    new = reverse("dialogues:new")
    page = browser.get(f"{new}?mall={template.public_id}").content.decode()
    assert source.summary in page

    browser.post(
        f"{new}?mall={template.public_id}",
        {
            "organisation": source.organisation.public_id,
            "title": "Med mall",
            "summary": "Kort",
            "form": "complex",
            "visibility": "public",
            "place_kind": "municipality",
        },
    )
    draft = Dialogue.objects.get(title="Med mall")
    assert draft.mandate.open_to_influence == source.mandate.open_to_influence
    assert source.background in draft.background
    assert "Byskola" in browser.get(reverse("dialogues:templates")).content.decode()
    browser.post(reverse("dialogues:template_retire", args=[template.public_id]))
    assert browser.get(f"{new}?mall={template.public_id}").status_code == 404


def test_another_organisations_template_is_not_found(client, source, leader):
    template = save_as_template(dialogue=source, name="A", parts=["steps"], by=leader, at=NOW)
    stranger = sign_in(client, person_with(Role.OWNER, OrganisationFactory()))

    retire = reverse("dialogues:template_retire", args=[template.public_id])
    assert stranger.post(retire).status_code == 404
    new = reverse("dialogues:new")
    assert stranger.get(f"{new}?mall={template.public_id}").status_code == 404
    save = reverse("dialogues:template_save", args=[source.public_id])
    assert stranger.get(save).status_code == 404
