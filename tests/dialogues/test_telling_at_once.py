"""Two write what the organisation tells of itself at once: nothing is lost, the later is told."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import ComplianceLevel, Role
from brygga.accounts.models import AccessibilityStatement, Principles
from brygga.accounts.operations.accessibility import StatementFacts, save_statement
from brygga.accounts.operations.public_page import (
    ChangedMeanwhileError,
    NoDraftError,
    PrinciplesFacts,
    publish_principles,
    save_principles,
)
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.models import PlannedDialogue, YearPlan
from brygga.dialogues.operations.year_plan import (
    IssueTakenError,
    PlanChangedError,
    PlanFacts,
    PlannedGoneError,
    begin_year,
    put_planned_back,
    remove_planned,
    save_planned,
)
from tests.dialogues.test_at_the_same_time import together
from tests.factories.accounts import BodyFactory, OrganisationFactory, person_with
from tests.factories.organisations import PlannedDialogueFactory, PrinciplesFactory, YearPlanFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["brygga_language"] = "en"
    return client


def losers(outcomes, error):
    return [outcome for outcome in outcomes if isinstance(outcome, error)]


def sent_by_two(address, one, other):
    """Let two people send the same form at once; give the answers, the one that was late last."""
    town = OrganisationFactory(slug="exempelby")
    browsers = [signed_in(person_with(Role.OWNER, town)) for _ in range(2)]
    return town, lambda: sorted(
        together(lambda: browsers[0].post(address, one), lambda: browsers[1].post(address, other)),
        key=lambda answer: answer.status_code != 302,
    )


def test_two_save_the_principles_at_once_and_adopt_them_at_once():
    town = OrganisationFactory()
    by = person_with(Role.OWNER, town)
    council = BodyFactory(organisation=town)
    texts = ("<p>Ett</p>", "<p>Två</p>")

    def save(text):
        facts = PrinciplesFacts(text, council, date(2026, 5, 4), "KF 2026/9")
        return lambda: save_principles(organisation=town, facts=facts, version=0, by=by, at=NOW)

    outcomes = together(*map(save, texts))

    assert len(losers(outcomes, ChangedMeanwhileError)) == 1
    draft = Principles.objects.get()
    assert (draft.version, draft.number) == (1, 1)
    assert draft.text in texts

    adopted = together(*[lambda: publish_principles(organisation=town, by=by, at=NOW)] * 4)

    assert len(losers(adopted, NoDraftError)) == 3
    assert Principles.objects.get(published_at=NOW).text == draft.text


def test_principles_in_force_stay_readable_while_new_ones_are_adopted_twice():
    town = OrganisationFactory()
    by = person_with(Role.OWNER, town)
    old = PrinciplesFactory(organisation=town, number=1)
    PrinciplesFactory(organisation=town, number=2, published_at=None)

    together(*[lambda: publish_principles(organisation=town, by=by, at=NOW)] * 2)

    assert list(Principles.objects.filter(published_at__isnull=False).order_by("number")) == [
        old,
        Principles.objects.get(number=2),
    ]


def test_two_save_the_statement_at_once():
    town = OrganisationFactory()
    by = person_with(Role.OWNER, town)

    def save(how):
        facts = StatementFacts(ComplianceLevel.PARTLY, tested_how=how)
        return lambda: save_statement(organisation=town, facts=facts, version=0, by=by, at=NOW)

    outcomes = together(save("Med tangentbord."), save("Med skärmläsare."))

    assert len(losers(outcomes, ChangedMeanwhileError)) == 1
    assert AccessibilityStatement.objects.get().version == 1


def test_two_change_the_same_planned_dialogue_and_two_add_to_the_plan():
    plan = YearPlanFactory()
    by, body = (
        person_with(Role.OWNER, plan.organisation),
        BodyFactory(organisation=plan.organisation),
    )
    planned = PlannedDialogueFactory(plan=plan, issue="Torget")

    def save(issue, planned=None, version=0):
        facts = PlanFacts(issue, body, LadderLevel.DIALOGUE, DialogueForm.SIMPLE, 1, 2)
        return lambda: save_planned(
            plan=plan, planned=planned, facts=facts, version=version, by=by, at=NOW
        )

    outcomes = together(save("Torget A", planned, 1), save("Torget B", planned, 1))
    assert len(losers(outcomes, PlanChangedError)) == 1
    planned.refresh_from_db()
    assert (planned.version, planned.issue[:6]) == (2, "Torget")

    together(save("Parken"), save("Badet"))
    assert {"Parken", "Badet"} <= set(plan.planned.values_list("issue", flat=True))
    assert len(losers(together(save("Skolan"), save("Skolan")), IssueTakenError)) == 1

    outcomes = together(
        save("Torget C", planned, 2), lambda: remove_planned(planned=planned, by=by, at=NOW)
    )
    planned.refresh_from_db()
    assert planned.removed_at == NOW or losers(outcomes, Exception)
    planned = PlannedDialogue.objects.get(issue="Parken")
    remove_planned(planned=planned, by=by, at=NOW)
    with pytest.raises(PlannedGoneError):
        save("Parken igen", planned, 1)()
    assert not losers(together(save("Parken")), Exception)
    with pytest.raises(IssueTakenError):
        put_planned_back(planned=planned, by=by, at=NOW)


def test_a_year_begun_by_four_at_once_is_begun_once():
    town = OrganisationFactory()
    by = person_with(Role.OWNER, town)

    begun = together(*[lambda: begin_year(organisation=town, year=2027, by=by, at=NOW)] * 4)

    assert len({plan.pk for plan in begun}) == YearPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "field", "rest"),
    [
        ("accounts:edit_principles", "text", {}),
        ("accounts:statement", "tested_how", {"level": "partly"}),
    ],
)
def test_the_later_form_says_so_and_keeps_what_was_typed(name, field, rest):
    address = reverse(name, args=["exempelby"])
    typed = [{"version": "0", field: text, **rest} for text in ("Aaa först", "Bbb sist")]
    _town, send = sent_by_two(address, *typed)

    done, late = send()

    assert done.status_code == 302
    text = late.content.decode()
    assert late.status_code == 200
    assert "Somebody else has saved this" in text
    assert ("Aaa först" in text) != ("Bbb sist" in text)
    assert late.context["form"]["version"].value() == "1"
