"""The actor map: groups and organisations, who is reached, and who is missing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.utils.translation import override

from brygga.core.audit.models import AuditRow
from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.forms.actors import ActorForm, ContactForm, ObstacleForm
from brygga.dialogues.models import Actor, ActorContact, SetAsideGroup
from brygga.dialogues.operations.actors import (
    MOST_OBSTACLES,
    CircularSuggestionError,
    ForeignActorError,
    SameActorError,
    TooManyObstaclesError,
    add_actor,
    add_obstacle,
    dispose_of_contacts,
    edit_actor,
    mark_reached,
    remove_actor,
    set_aside,
    take_up_again,
)
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.actor_picture import draw_actors
from brygga.dialogues.queries.actors import (
    actors_of,
    chain_of,
    often_forgotten,
    public_actors_of,
    who_is_missing,
)
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, dialogue_in
from tests.factories.planning import (
    ActivityFactory,
    ActorContactFactory,
    ActorFactory,
    ObstacleFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
FACTS = {"name": "Sjövikens byalag", "kind": ActorKind.ORGANISATION, "affected": Affected.DIRECTLY}


@pytest.fixture
def dialogue():
    return dialogue_in()


def add(dialogue, **more):
    return add_actor(dialogue=dialogue, facts=FACTS | more, by=UserFactory(), at=NOW)


def edit(actor, **after):
    before = {name: getattr(actor, name) for name in after}
    return edit_actor(actor=actor, before=before, after=after, by=UserFactory(), at=NOW)


def form(dialogue, **typed):
    return ActorForm(FACTS | typed, dialogue=dialogue, today=TODAY)


def test_the_map_has_no_room_for_what_a_person_thinks_or_how_much_power_they_have():
    about_a_person = {field.name for field in ActorContact._meta.get_fields()}
    about_an_actor = {field.name for field in Actor._meta.concrete_fields}

    assert about_a_person == {"id", "actor", "name", "way", "keep_until"}
    assert about_an_actor == {
        "id",
        "dialogue",
        "public_id",
        "name",
        "sort_key",
        "kind",
        "relation",
        "affected",
        "how_affected",
        "suggested_by",
        "reached_on",
        "reached_by",
        "reached_how",
        "is_public",
        "forgotten_code",
        "added_at",
        "version",
        "client_key",
    }
    assert set(ActorKind.values) == {"organisation", "role", "group"}


def test_no_person_can_be_tied_to_an_actor_as_an_account_or_a_participant():
    related = {
        field.related_model._meta.label
        for model in (Actor, ActorContact)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
    }

    assert related == {"dialogues.Dialogue", "dialogues.Actor", "dialogues.Activity"}


def test_an_actor_stands_on_the_map_once_by_name(dialogue):
    add(dialogue)

    with pytest.raises(SameActorError):
        add(dialogue, name="sjövikens BYALAG")
    assert add(dialogue_in()).name == "Sjövikens byalag"


def test_a_name_twice_is_refused_by_the_database_too(dialogue):
    actor = add(dialogue)

    with pytest.raises(IntegrityError), transaction.atomic():
        ActorFactory(dialogue=dialogue, sort_key=actor.sort_key)


@pytest.mark.parametrize(
    "broken",
    [{"reached_how": "På torget"}, {"reached_by": True}],
)
def test_an_actor_is_reached_on_a_day_or_not_at_all(dialogue, broken):
    if "reached_by" in broken:
        broken = {"reached_by": ActivityFactory(dialogue=dialogue)}
    with pytest.raises(IntegrityError), transaction.atomic():
        ActorFactory(dialogue=dialogue, **broken)


def test_the_chain_of_suggestions_is_told_from_the_actor_up_to_the_team(dialogue):
    school = add(dialogue, name="Skolan")
    club = add(dialogue, name="Klubben", suggested_by=school)
    parents = add(dialogue, name="Föräldrarna", suggested_by=club)

    assert chain_of(parents) == [club, school]
    assert chain_of(school) == []


def test_nobody_is_suggested_by_whom_they_suggested_themselves(dialogue):
    school = add(dialogue, name="Skolan")
    club = add(dialogue, name="Klubben", suggested_by=school)
    parents = add(dialogue, name="Föräldrarna", suggested_by=club)

    with pytest.raises(CircularSuggestionError):
        edit(school, suggested_by=parents)
    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=school.pk).update(suggested_by=school)


def test_an_actor_of_another_dialogue_suggests_nobody_here(dialogue):
    elsewhere = add(dialogue_in())

    with pytest.raises(ForeignActorError):
        add(dialogue, name="Skolan", suggested_by=elsewhere)


def test_two_people_changing_different_things_of_an_actor_both_keep_theirs(dialogue):
    actor = add(dialogue)
    edit(actor, relation="Äger huset")
    edit(actor, affected=Affected.PARTLY)

    actor.refresh_from_db()
    assert (actor.relation, actor.affected, actor.version) == ("Äger huset", "partly", 3)


def test_two_people_changing_the_same_thing_the_second_is_told(dialogue):
    actor = add(dialogue)
    edit(actor, relation="Äger huset")

    with pytest.raises(EditConflictError):
        edit(actor, relation="Hyr huset")


def test_an_actor_is_reached_the_first_time_that_it_is(dialogue):
    actor, meeting = add(dialogue), ActivityFactory(dialogue=dialogue)
    mark_reached(actor=actor, on=TODAY, activity=meeting, by=None, at=NOW)
    mark_reached(actor=actor, on=TODAY + timedelta(days=9), how="På torget", by=None, at=NOW)

    actor.refresh_from_db()
    assert (actor.reached_on, actor.reached_by, actor.reached_how) == (TODAY, meeting, "")


def test_each_obstacle_says_what_we_do_about_it(dialogue):
    actor = add(dialogue)
    add_obstacle(actor=actor, text="Mötena är på kvällen", by=None, at=NOW)
    add_obstacle(actor=actor, text="Mötena är på kvällen", measure="Barnpassning", by=None, at=NOW)
    add_obstacle(actor=actor, text="Bussen går sällan", by=None, at=NOW)

    shown = actors_of(dialogue).get()
    assert (shown.obstacle_count, shown.unmet_count) == (2, 1)


def test_there_is_an_end_to_obstacles(dialogue):
    actor = add(dialogue)
    ObstacleFactory.create_batch(MOST_OBSTACLES, actor=actor)

    with pytest.raises(TooManyObstaclesError):
        add_obstacle(actor=actor, text="Ett till", by=None, at=NOW)


def test_a_contact_is_removed_after_its_day_and_the_actor_stays(dialogue):
    kept = ActorContactFactory(actor=add(dialogue), keep_until=TODAY)
    old = ActorContactFactory(actor=add(dialogue, name="Skolan"), keep_until=TODAY - timedelta(1))

    assert dispose_of_contacts(today=TODAY, at=NOW) == 1
    assert list(ActorContact.objects.all()) == [kept]
    assert Actor.objects.filter(pk=old.actor_id).exists()
    assert AuditRow.objects.filter(action="actor.contact_disposed_of").count() == 1


def test_an_actor_off_the_map_takes_its_contact_with_it(dialogue):
    contact = ActorContactFactory(actor=add(dialogue))
    remove_actor(actor=contact.actor, by=None, at=NOW)

    assert not ActorContact.objects.exists()
    assert not Actor.objects.exists()


def test_missing_are_those_not_reached_and_those_nobody_thought_of(dialogue):
    add(dialogue, name="Skolan", reached_on=TODAY)
    far = add(dialogue, name="Andra byn", affected=Affected.INDIRECTLY)
    near = add(dialogue, name="Östra byn")
    add_actor(
        dialogue=dialogue,
        facts=FACTS | {"name": "Barn"},
        forgotten_code="children",
        by=None,
        at=NOW,
    )
    set_aside(dialogue=dialogue, code="own-staff", reason="Ingen personal", by=None, at=NOW)

    missing = who_is_missing(dialogue)

    assert [actor.name for actor in missing.not_reached] == ["Barn", near.name, far.name]
    assert far not in missing.directly
    left = {group.code for group in missing.not_thought_of}
    assert left == {group.code for group in often_forgotten()} - {"children", "own-staff"}
    assert [(group.code, row.reason) for group, row in missing.set_aside] == [
        ("own-staff", "Ingen personal")
    ]
    assert (missing.total, missing.reached_count) == (4, 1)


def test_a_group_is_set_aside_with_a_reason_and_taken_up_again(dialogue):
    with pytest.raises(ReasonMissingError):
        set_aside(dialogue=dialogue, code="children", reason="", by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SetAsideGroup.objects.create(dialogue=dialogue, code="children", reason="", at=NOW)
    set_aside(dialogue=dialogue, code="children", reason="Ett garage", by=None, at=NOW)
    set_aside(dialogue=dialogue, code="children", reason="Annat", by=None, at=NOW)
    assert SetAsideGroup.objects.get().reason == "Ett garage"

    take_up_again(dialogue=dialogue, code="children", by=None, at=NOW)

    assert not SetAsideGroup.objects.exists()


def test_the_public_hears_only_of_chosen_groups_and_organisations(dialogue):
    add(dialogue, name="Skolan", is_public=True, reached_on=TODAY)
    add(dialogue, name="Byalaget", is_public=True)
    add(dialogue, name="Rektorn", is_public=True, kind=ActorKind.ROLE)
    add(dialogue, name="Klubben")

    told = public_actors_of(dialogue)

    assert (told.heard, told.wanted, told.total) == (("Skolan",), ("Byalaget",), 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "Anna Lindström"}, "name"),
        ({"relation": "Ring 070-174 06 05"}, "relation"),
        ({"how_affected": "Skriv till anna@example.test"}, "how_affected"),
    ],
)
def test_what_looks_like_a_private_person_is_asked_about_once(dialogue, typed, field):
    asked = form(dialogue, **typed)
    assert not asked.is_valid()
    assert set(asked.errors) == {field}
    assert 'type="checkbox"' in str(asked["is_checked"])

    assert form(dialogue, **typed, is_checked="on").is_valid()


def test_a_personal_number_is_never_kept_whatever_is_ticked(dialogue):
    for name in ("name", "relation", "how_affected"):
        typed = form(dialogue, **{name: "19121212-1212"}, is_checked="on")
        assert set(typed.errors) == {name}
    contact = ContactForm(
        {"name": "Ordföranden", "way": "19121212-1212", "keep_until": "2026-12-31"}, today=TODAY
    )
    assert set(contact.errors) == {"way"}
    assert set(ObstacleForm({"text": "Ring 070-174 06 05"}).errors) == {"text"}


def test_an_organisation_is_not_taken_for_a_person(dialogue):
    assert form(dialogue).is_valid()


def test_a_day_to_come_and_a_way_without_a_day_are_told_in_the_form(dialogue):
    assert set(form(dialogue, reached_on="2026-04-02").errors) == {"reached_on"}
    assert set(form(dialogue, reached_how="På torget").errors) == {"reached_on"}
    assert set(form(dialogue, reached_on="igår").errors) == {"reached_on"}
    past = ContactForm({"name": "A", "way": "B", "keep_until": "2026-03-31"}, today=TODAY)
    assert set(past.errors) == {"keep_until"}


def test_the_picture_shows_every_actor_with_its_number_and_tells_reached_from_not(dialogue):
    add(dialogue, name="Skolan <1>", reached_on=TODAY)
    add(dialogue, name="Rektorn", kind=ActorKind.ROLE, affected=Affected.PARTLY)

    with override("en"):
        picture = draw_actors(list(actors_of(dialogue)))

    assert picture.count("<svg") == 2
    assert picture.count("data-filled") == 2
    assert "1. Skolan &lt;1&gt;" in picture
    assert "2 actors. 1 is reached. Directly affected: Skolan &lt;1&gt;." in picture


def test_a_thousand_actors_can_be_drawn(dialogue):
    actors = [
        Actor(name=f"Grupp {number}", kind=ActorKind.GROUP, affected=Affected.DIRECTLY)
        for number in range(1_000)
    ]

    assert draw_actors(actors).count('class="rings-actor"') == 2_000


def test_the_list_is_filtered_and_searched(dialogue):
    add(dialogue, name="Skolan", relation="Äger huset", reached_on=TODAY)
    add(dialogue, name="Rektorn", kind=ActorKind.ROLE, affected=Affected.PARTLY)

    assert [actor.name for actor in actors_of(dialogue, words="huset äger")] == ["Skolan"]
    assert [actor.name for actor in actors_of(dialogue, kind="role")] == ["Rektorn"]
    assert [actor.name for actor in actors_of(dialogue, affected="partly")] == ["Rektorn"]
    assert [actor.name for actor in actors_of(dialogue, reached="no")] == ["Rektorn"]
    by_name = actors_of(dialogue, sort="name", is_descending=True)
    assert [actor.name for actor in by_name] == ["Skolan", "Rektorn"]
