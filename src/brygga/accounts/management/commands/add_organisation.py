from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from brygga.accounts.enums import OrganisationKind
from brygga.accounts.operations.organisations import create_organisation


class Command(BaseCommand):
    help = "Add an association or a company that takes part as a partner, with its board."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = [OrganisationKind.ASSOCIATION.value, OrganisationKind.COMPANY.value]
        parser.add_argument("kind", choices=kinds)
        parser.add_argument("name")

    def handle(self, *, kind: str, name: str, **_options: object) -> None:
        made = create_organisation(
            kind=OrganisationKind(kind), name=name, is_fictional=False, by=None, at=timezone.now()
        )
        self.stdout.write(f"{made} is added; its address is {made.slug}.")
