"""The accessibility statement, its form for everybody, and the queue behind it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from brygga.accounts.enums import OrganisationKind, ReportState, Role, ShortcomingReason
from brygga.accounts.models import AccessibilityReport, RoleAssignment
from brygga.accounts.operations.accessibility import (
    ADDRESS_KEPT,
    AlreadyAnsweredError,
    answer_report,
    forget_addresses,
)
from brygga.core.http.human import shown_token
from brygga.core.mail.models import Message
from brygga.core.registry import Person, registry
from brygga.core.text.lix import lix
from brygga.dialogues.enums import StepKind
from tests.factories.accounts import OrganisationFactory, person_with
from tests.factories.dialogues import dialogue_in
from tests.factories.organisations import ReportFactory, ShortcomingFactory, StatementFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def town():
    return OrganisationFactory(name="Exempelby kommun", slug="exempelby")


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["brygga_language"] = "en"


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def address_of(town):
    return reverse("accounts:accessibility_of", args=[town.slug])


def filled(**more):
    shown = shown_token(timezone.now() - timedelta(minutes=1))
    return {"text": "Jag kan inte läsa kartan.", "shown": shown, "website": "", **more}


def test_without_a_statement_of_its_own_an_organisation_has_the_default_text(client, town):
    said = words(client.get(address_of(town)))
    assert "This is the default text." in said
    assert "Digg" in said
    assert "(2018:1937)" in said


def test_a_statement_tells_shortcomings_why_what_instead_and_when(client, town):
    StatementFactory(organisation=town, tested_how="Skärmläsare.", contact_phone="0999-123")
    ShortcomingFactory(organisation=town, what="Filmen saknar text.", instead="Läs bakgrunden.")
    ShortcomingFactory(
        organisation=town,
        what="Gamla protokoll.",
        reason=ShortcomingReason.BURDEN,
        why="De är 900.",
        mended_by=None,
    )
    said = words(client.get(address_of(town)))
    for part in (
        "in part",
        "Filmen saknar text.",
        "It was to be mended by 1 June 2026.",
        "Läs bakgrunden.",
        "unreasonable burden",
        "De är 900.",
        "Skärmläsare.",
        "0999-123",
    ):
        assert part in said
    assert "default text" not in said


def test_a_report_needs_no_account_is_taken_once_and_told_to_the_right_address(client, town):
    StatementFactory(organisation=town, contact_email="tillg@example.test")
    data = filled(email="amina@example.test", page="Kartan")
    for _ in range(2):
        answer = client.post(address_of(town), data)
        assert answer.status_code == 303
    report = AccessibilityReport.objects.get()
    assert (report.organisation, report.page, report.state) == (town, "Kartan", ReportState.OPEN)
    letter = Message.objects.get()
    assert letter.recipient == "tillg@example.test"
    assert "amina" not in str(letter.context)
    assert "10 working days" in words(client.get(answer.url))


def test_a_machine_is_stopped_and_what_was_typed_is_kept(client, town):
    for wrong in ({"website": "x"}, {"shown": "forged"}, {"email": "not an address"}):
        answer = client.post(address_of(town), filled(**wrong))
        assert answer.status_code == 422
        assert "Jag kan inte läsa kartan." in answer.content.decode()
    assert not AccessibilityReport.objects.exists()


def test_more_than_the_days_limit_from_one_address_is_refused(client, town, monkeypatch):
    monkeypatch.setattr("brygga.accounts.views.accessibility.REPORTS_PER_ADDRESS", 1)
    assert client.post(address_of(town), filled()).status_code == 303
    assert client.post(address_of(town), filled()).status_code == 429
    assert AccessibilityReport.objects.count() == 1


def test_the_owners_are_told_where_no_address_is_given(client, town):
    owner = person_with(Role.OWNER, town)
    client.post(address_of(town), filled())
    assert Message.objects.get().recipient == owner.email


def test_a_report_waits_in_the_queue_and_on_the_desk_until_it_is_answered_once(client, town):
    leader = person_with(Role.PROCESS_LEADER, town)
    report = ReportFactory(organisation=town, email="amina@example.test")
    (waiting,) = registry.today_items(leader, NOW)
    assert (waiting.why, waiting.is_overdue) == ("Exempelby kommun", True)
    client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    queue = words(client.get(reverse("accounts:obstacles", args=["exempelby"])))
    assert "Jag kan inte läsa kartan." in queue
    one = reverse("accounts:obstacle", args=["exempelby", report.public_id])
    client.post(one, {"answer": "Nu är den lagad."})
    report.refresh_from_db()
    assert (report.state, report.answered_by) == (ReportState.ANSWERED, leader)
    letter = Message.objects.get()
    assert (letter.recipient, letter.context["answer"]) == (report.email, "Nu är den lagad.")
    with pytest.raises(AlreadyAnsweredError):
        answer_report(report=report, answer="Igen.", by=leader, at=NOW)
    assert not registry.today_items(leader, NOW)


def test_the_address_is_forgotten_after_the_answer_and_given_out_and_erased_before(town):
    kept = ReportFactory(organisation=town, email="amina@example.test")
    gone = ReportFactory(
        organisation=town,
        email="amina@example.test",
        state=ReportState.ANSWERED,
        answer="Lagat.",
        answered_at=NOW,
    )
    assert forget_addresses(at=NOW + ADDRESS_KEPT) == 0
    assert forget_addresses(at=NOW + ADDRESS_KEPT + timedelta(days=1)) == 1
    gone.refresh_from_db()
    assert gone.email == ""
    person = Person(email="Amina@example.test")
    assert len(registry.export_person(person)["accounts"]["obstacles"]) == 1
    registry.erase_person(person, NOW, with_records=False)
    kept.refresh_from_db()
    assert (kept.email, kept.text) == ("", "Jag kan inte läsa kartan.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ShortcomingReason.NOT_YET, "mended_by": None},
        {"reason": ShortcomingReason.BURDEN, "why": ""},
    ],
)
def test_a_shortcoming_without_its_day_or_its_reasons_is_refused_by_the_database(town, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShortcomingFactory(organisation=town, **wrong)


def test_the_footer_leads_to_the_statement_of_the_pages_owner_else_to_the_installations(
    client, town
):
    dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=town)
    own = [address_of(town), reverse("portal:privacy_of", args=["exempelby"])]
    common = [reverse("accounts:accessibility"), reverse("portal:privacy")]
    for address, expected in ((dialogue.get_absolute_url(), own), ("/", common)):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        links = [a["href"] for a in page.select(".footer-links a")]
        assert set(expected) <= set(links)


def test_the_installations_statement_goes_to_who_runs_it_and_else_points_at_the_owners(
    client, settings, town
):
    address = reverse("accounts:accessibility")
    assert "Choose whose page it was about" in words(client.get(address))
    OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY, name="Förbundet", slug="forbundet")
    client.post(address, filled())
    assert AccessibilityReport.objects.get().organisation.slug == "forbundet"
    settings.BRYGGA_RUN_BY = town.slug
    client.post(address, filled())
    assert AccessibilityReport.objects.filter(organisation=town).exists()


def test_the_statement_is_plain_swedish(client, town):
    client.cookies["brygga_language"] = "sv"
    StatementFactory(organisation=town)
    ShortcomingFactory(organisation=town)
    assert lix(words(client.get(address_of(town)))) < 40


def test_what_is_told_of_tests_is_what_our_tests_do_or_what_the_organisation_wrote(client, town):
    """No claim out of nothing: of keyboards and screen readers only the organisation can tell."""
    journeys = Path(__file__).parents[1] / "journeys"
    sweep = (journeys / "test_every_page_is_accessible.py").read_text()
    for look in ('(1280, "dark")', '(360, "dark")', '(360, "light")', "target-size"):
        assert look in sweep
    for told in ("test_amina_answers_at_the_bus_stop", "test_amina_asks_for_a_new_assessment"):
        assert "java_script_enabled=scripts" in (journeys / f"{told}.py").read_text()

    said = words(client.get(address_of(town)))
    assert "answer statements, and ask for a new assessment, without JavaScript" in said
    assert "No tests by hand are told of here yet" in said
    assert "keyboard" not in said.replace("such as with a keyboard alone", "")
    StatementFactory(organisation=town, tested_how="Kim har gått igenom allt med tangentbord.")
    said = words(client.get(address_of(town)))
    assert "Kim har gått igenom allt med tangentbord." in said
    assert "No tests by hand" not in said


def test_a_report_always_reaches_somebody(client, town):
    """Where an organisation has nobody, whoever runs the installation is written to."""
    runner = OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY, slug="forbundet")
    keeper = person_with(Role.OWNER, runner)
    RoleAssignment.objects.filter(membership__organisation=town).delete()

    client.post(address_of(town), filled())

    assert AccessibilityReport.objects.get().organisation == town
    assert list(Message.objects.values_list("recipient", flat=True)) == [keeper.email]
