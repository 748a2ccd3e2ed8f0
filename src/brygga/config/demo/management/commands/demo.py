import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from brygga.config.demo.links import make_links
from brygga.config.demo.loading import load, real_conversation

NO_REAL_DATA = """\
There is no real conversation in {folder}, so the demo has none.
To look at one, put a Pol.is export there (votes.csv and comments.csv) and start again, or read any
export in on a page of the workspace: open a dialogue, set up its statements, choose “Read in”."""


class Command(BaseCommand):
    help = "Load the fictional municipality of the demo, and make links that sign its people in"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--links", default="", help="write the links to this file, as JSON")

    def handle(self, *_args: object, links: str, **_options: object) -> None:
        if not settings.BRYGGA_SIGN_IN_LINKS:
            raise CommandError("The demo is for one machine: it is loaded in BRYGGA_MODE=local.")
        real_data, now = Path(settings.BRYGGA_REAL_DATA), timezone.now()
        if not real_conversation(real_data).is_dir():
            self.stderr.write(NO_REAL_DATA.format(folder=real_conversation(real_data)))
        made = make_links(town=load(real_data=real_data, at=now), at=now)
        text = json.dumps(made, indent=1, ensure_ascii=False)
        if links:
            Path(links).write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
