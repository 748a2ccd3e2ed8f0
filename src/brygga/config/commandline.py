"""`brygga`: one command for demo, production, jobs, health and the engines."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from brygga.config import backup, doctor, serve
from brygga.config.database import database, ensure_secret_key
from brygga.config.environment import CURRENT
from brygga.config.ownership import InUseError
from brygga.config.pgprograms import ProgramError
from brygga.config.postgres import PostgresError
from brygga.config.processes import say

DEFAULT_PORT = 8000
FAULTS = (InUseError, PostgresError, ProgramError, serve.ServeError, backup.BackupError)


def main(arguments: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brygga.config.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if words[:1] == ["manage"]:  # Django reads the rest itself, --help too
        chosen = argparse.Namespace(run=manage, words=words[1:])
    else:
        chosen = build_parser(words).parse_args(words)
    try:
        status: int = chosen.run(chosen)
    except FAULTS as error:
        say(f"brygga: {error}")
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return status


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="brygga", description="The platform for citizen dialogue")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("demo", serve.run_demo, "run a fictional municipality with everything in it"),
        ("serve", serve.run_serve, "run web and worker, restart what dies"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("--port", type=int, default=DEFAULT_PORT)
        command.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        command.set_defaults(run=run)
    worker = commands.add_parser("worker", help="run jobs only, on this or another machine")
    worker.set_defaults(run=run_worker)
    health = commands.add_parser("doctor", help="say what is wrong and how to mend it")
    health.add_argument("--port", type=int, default=DEFAULT_PORT)
    health.set_defaults(run=doctor.run)
    for name, keep, text in (
        ("backup", backup.run_backup, "write database, files and key into one archive"),
        ("restore", backup.run_restore, "put an archive into an empty database and folder"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", nargs="?" if name == "backup" else None)
        command.set_defaults(run=keep)
    commands.add_parser("manage", help="Django's own commands (brygga manage help)")
    if words[:1] == ["opinion"]:
        from brygga.config.opinion_commands import (  # noqa: PLC0415 – others need no numpy
            add_parsers,
        )

        add_parsers(commands)
    else:
        commands.add_parser("opinion", help="compute opinion maps from files")
    return parser


def manage(arguments: argparse.Namespace) -> int:
    """Pass the words to Django, with the embedded PostgreSQL where no other is given."""
    from django.core.management import (  # noqa: PLC0415 – `brygga opinion` needs no Django
        execute_from_command_line,
    )

    ensure_secret_key(CURRENT)
    with database(CURRENT, may_join=True):
        execute_from_command_line(["brygga manage", *arguments.words])
    return 0


def run_worker(arguments: argparse.Namespace) -> int:
    arguments.words = ["procrastinate", "worker", "--shutdown-graceful-timeout", "10"]
    return manage(arguments)


if __name__ == "__main__":
    sys.exit(main())
