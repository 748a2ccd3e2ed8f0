"""The web server: Granian with Django's ASGI application."""

import argparse
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

RESPAWN = 0.5  # seconds before a process that died inside the server is replaced
TIME_TO_FINISH = 10  # seconds that open requests have when the server is told to stop


def load(_: str) -> Callable[..., Any]:
    """Import the application ourselves: Granian would look in the current folder first."""
    from brygga.config.asgi import application  # noqa: PLC0415 – in the serving process only

    return application


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    Granian(
        "brygga.config.asgi:application",
        address=chosen.host,
        port=chosen.port,
        workers=chosen.workers,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN,
        workers_kill_timeout=TIME_TO_FINISH,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
