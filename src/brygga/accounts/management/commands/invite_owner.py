from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from brygga.accounts.enums import Role
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.invitations import Offer, invite
from brygga.accounts.queries import organisation_with_slug


class Command(BaseCommand):
    help = "Invite the first owner of an organisation, who then invites everybody else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="as in its address, such as huddinge-kommun")
        parser.add_argument("email")

    def handle(self, *, organisation: str, email: str, **_options: object) -> None:
        found = organisation_with_slug(organisation)
        if found is None:
            raise CommandError(f"There is no organisation called {organisation}.")
        try:
            offer = Offer(email, Role.OWNER)
            invitation = invite(organisation=found, offer=offer, by=None, at=timezone.now())
        except RefusalError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"An invitation to {found} is on its way to {invitation.email}.")
