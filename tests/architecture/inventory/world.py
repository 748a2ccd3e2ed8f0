"""The small world in which pages are looked at: two organisations, a person per role in each."""

from datetime import UTC, date, datetime
from functools import cached_property

from django.conf import settings
from django.test import Client
from django.urls import reverse

from brygga.accounts.enums import OrganisationKind, Role
from brygga.dialogues.enums import DialogueState, StepKind, Visibility
from tests.architecture.inventory.page import ANONYMOUS, OUTSIDER
from tests.factories.accounts import BodyFactory, OrganisationFactory, UserFactory, person_with
from tests.factories.dialogues import PUBLISHED, dialogue_in

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


class World:
    def __init__(self):
        self.own = OrganisationFactory(name="Exempelby kommun", slug="exempelby")
        self.other = OrganisationFactory(name="Annanby kommun", slug="annanby")
        self.body = BodyFactory(
            organisation=self.own,
            name="Barn- och utbildningsnämnden",
            registrar_email="registrator@example.test",
        )
        self.people = {OUTSIDER: UserFactory()}
        for place, organisation in (("own", self.own), ("other", self.other)):
            for role in Role:
                self.people[f"{place} {role}"] = person_with(role, organisation)
        national = OrganisationFactory(kind=OrganisationKind.NATIONAL_BODY)
        for role in (Role.OWNER, Role.EDITOR):
            self.people[f"national {role}"] = person_with(role, national)
        self.sessions = {}

    def sign_everybody_in(self):
        """Make the dialogue and a session per person now, for a world that many tests copy."""
        self.put_in("published")
        self.sessions = {
            reader: self.client(reader).cookies[settings.SESSION_COOKIE_NAME].value
            for reader in self.people
        }

    def client(self, reader):
        client = Client()
        if reader in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[reader]
        elif reader != ANONYMOUS:
            client.force_login(
                self.people[reader], backend="django.contrib.auth.backends.ModelBackend"
            )
        return client

    def address(self, page):
        return reverse(page.name, args=page.arguments(self)) + page.query

    @cached_property
    def leader(self):
        return self.people["own process_leader"]

    @cached_property
    def dialogue(self):
        """A dialogue of our own organisation in the step where perspectives are gathered."""
        dialogue = dialogue_in(StepKind.PERSPECTIVES, organisation=self.own)
        dialogue.bodies.set([self.body])
        return dialogue

    def put_in(self, state):
        """Put the dialogue in a state, or make it internal."""
        is_internal = state == "internal"
        self.dialogue.state = DialogueState.PUBLISHED if is_internal else DialogueState(state)
        self.dialogue.visibility = Visibility.INTERNAL if is_internal else Visibility.PUBLIC
        self.dialogue.published_at = None if state == "draft" else PUBLISHED
        self.dialogue.information_reason = "Nämnden har beslutat." if state == "information" else ""
        self.dialogue.cancel_reason = "Domstolen avgjorde." if state == "cancelled" else ""
        self.dialogue.cancel_feedback = "Tack. Detta händer nu." if state == "cancelled" else ""
        self.dialogue.save()
