"""Bring database, static files and texts to this version, in a process of its own."""

import argparse

import django
from django.core.management import call_command, get_commands

DEMO = "demo"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo-links", default="")
    links = parser.parse_args().demo_links
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("translations", compile=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if links and DEMO in get_commands():
        call_command(DEMO, links=links)


if __name__ == "__main__":
    main()
