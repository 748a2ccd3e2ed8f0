"""For whoever has lost both the phone and the recovery codes, and is known in another way."""

from argparse import ArgumentParser

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from brygga.accounts.operations.second_factor import remove_second_factor
from brygga.accounts.queries import person_with_address


class Command(BaseCommand):
    help = "Remove a person's second step at sign-in, and sign them out everywhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *_: object, email: str, **__: object) -> None:
        person = person_with_address(email.strip().lower())
        if person is None:
            raise CommandError(f"There is nobody with the address {email}.")
        remove_second_factor(user=person, at=timezone.now())
        self.stdout.write(f"{person} sets up a new second step at the next sign-in.")
