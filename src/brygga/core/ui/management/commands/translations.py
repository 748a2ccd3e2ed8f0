"""Keep the Swedish texts complete: update each app's file, check them, or compile them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from brygga.core.ui import translations


class Command(BaseCommand):
    help = "Updates every app's Swedish text file from the code and templates."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "apps", nargs="*", help="update these apps only, as in `dialogues core.ui`"
        )
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--check", action="store_true", help="fail on what is not translated")
        mode.add_argument("--compile", action="store_true", help="write the .mo files")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        if options["compile"]:
            self.stdout.write(f"{translations.compile_stale()} compiled")
            return
        if not options["check"]:
            for app, wanted in translations.extract_catalogs().items():
                if app.name in options["apps"] or not options["apps"]:
                    translations.update_po(app, wanted)
        faults = translations.find_faults()
        for fault in faults:
            self.stdout.write(fault)
        if options["check"] and faults:
            raise CommandError(f"{len(faults)} texts need a translator; run `make messages`.")
        translations.compile_stale()
