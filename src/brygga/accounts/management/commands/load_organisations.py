from django.core.management.base import BaseCommand
from django.utils import timezone

from brygga.accounts.operations.loading import load_organisations


class Command(BaseCommand):
    help = "Add Sweden's municipalities and regions and the national body, as far as missing."

    def handle(self, **_options: object) -> None:
        changed = load_organisations(at=timezone.now())
        self.stdout.write(f"{changed} organisations added or corrected.")
