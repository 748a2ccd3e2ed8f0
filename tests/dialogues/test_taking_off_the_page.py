"""Taking a function or a planned dialogue off the organisation's page: asked first, and undone."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.models import DialogueFunction
from brygga.accounts.operations import public_page
from brygga.core.audit.models import AuditRow
from brygga.dialogues.models import PlannedDialogue
from brygga.dialogues.operations import year_plan
from tests.factories.accounts import OrganisationFactory, person_with
from tests.factories.organisations import (
    DialogueFunctionFactory,
    OrganisationPageFactory,
    PlannedDialogueFactory,
    YearPlanFactory,
)

pytestmark = pytest.mark.django_db
UNDO = reverse("undo:undo")


@pytest.fixture
def town():
    town = OrganisationFactory(slug="exempelby")
    OrganisationPageFactory(organisation=town)
    return town


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(params=["function", "planned"])
def thing(request, town):
    """Give what is taken off, its words, where that is asked, and how it is forgotten."""
    if request.param == "function":
        row = DialogueFunctionFactory(organisation=town, title="Torgvärd", person="Stina")
        where = reverse("accounts:remove_function", args=[town.slug, row.public_id])
        return row, "Torgvärd", where, public_page.forget_removed
    plan = YearPlanFactory(organisation=town, year=timezone.localdate().year)
    row = PlannedDialogueFactory(plan=plan, issue="Torgets träd")
    where = reverse("dialogues:planned_remove", args=[town.slug, plan.year, row.public_id])
    return row, "Torgets träd", where, year_plan.forget_removed


def is_shown(words):
    page = Client().get(reverse("portal:organisation", args=["exempelby"]))
    return words in page.content.decode()


def button_on(response):
    found = BeautifulSoup(response.content, "html.parser").select_one(".messages [name=undo]")
    return found["value"]


def test_it_is_asked_for_before_and_can_be_taken_back(town, thing):
    row, words, where, _forget = thing
    browser = signed_in(person_with(Role.OWNER, town))
    assert words in browser.get(where).content.decode()
    assert is_shown(words)  # asking takes nothing away

    done = browser.post(where, follow=True)
    assert not is_shown(words)
    token = button_on(done)
    other = signed_in(person_with(Role.OWNER, town))
    assert other.post(UNDO, {"undo": token}).status_code == 404
    for _twice in range(2):
        browser.post(UNDO, {"undo": token})

    assert is_shown(words)
    row.refresh_from_db()
    assert row.removed_at is None
    acts = AuditRow.objects.filter(action__endswith="put_back").count()
    assert acts == 1


def test_only_those_who_write_the_page_take_off_and_put_back(town, thing):
    _row, words, where, _forget = thing
    person = person_with(Role.OWNER, town)
    browser = signed_in(person)
    for stranger in (
        person_with(Role.OFFICIAL, town),
        person_with(Role.OWNER, OrganisationFactory()),
    ):
        assert signed_in(stranger).post(where).status_code == 404
    assert is_shown(words)
    token = button_on(browser.post(where, follow=True))
    person.memberships.update(left_at=timezone.now())

    assert browser.post(UNDO, {"undo": token}).status_code == 404
    assert not is_shown(words)


def test_what_was_taken_off_is_gone_the_day_after(town, thing):
    row, _words, where, forget = thing
    browser = signed_in(person_with(Role.OWNER, town))
    token = button_on(browser.post(where, follow=True))
    at = timezone.now()

    assert forget(at=at + timedelta(hours=23)) == 0
    assert forget(at=at + timedelta(hours=25)) == 1
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert browser.post(where).status_code == 404
    assert "Det är ångrat." not in browser.post(UNDO, {"undo": token}, follow=True).content.decode()


def test_another_may_take_the_name_meanwhile_and_then_it_stays_off(town):
    row = DialogueFunctionFactory(organisation=town, title="Torgvärd")
    plan = YearPlanFactory(organisation=town)
    planned = PlannedDialogueFactory(plan=plan, issue="Torget")
    browser = signed_in(person_with(Role.OWNER, town))
    first = browser.post(
        reverse("accounts:remove_function", args=[town.slug, row.public_id]), follow=True
    )
    second = browser.post(
        reverse("dialogues:planned_remove", args=[town.slug, plan.year, planned.public_id]),
        follow=True,
    )
    DialogueFunctionFactory(organisation=town, title="Torgvärd")
    PlannedDialogueFactory(plan=plan, issue="Torget")

    for done in (first, second):
        browser.post(UNDO, {"undo": button_on(done)})

    assert DialogueFunction.objects.filter(removed_at=None).count() == 1
    assert PlannedDialogue.objects.filter(removed_at=None).count() == 1


def test_a_form_about_what_is_gone_keeps_what_was_typed(town):
    function = DialogueFunctionFactory(organisation=town, title="Torgvärd")
    address = reverse("accounts:edit_function", args=[town.slug, function.public_id])
    browser = signed_in(person_with(Role.OWNER, town))
    assert browser.get(address).status_code == 200
    by = person_with(Role.OWNER, town)
    facts = public_page.FunctionFacts(title="Torgvärd", does="Vårdar torget")
    public_page.remove_function(function=function, by=by, at=timezone.now())

    with pytest.raises(public_page.FunctionGoneError):
        public_page.save_function(
            organisation=town, function=function, facts=facts, by=by, at=timezone.now()
        )
