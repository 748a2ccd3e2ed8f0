import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest


def new_passable_folder():
    """Make a folder of this test run that PostgreSQL's user may pass where root runs the tests.

    pytest's own tmp_path lies under a folder that each pytest on the machine closes again.
    """
    folder = Path(tempfile.mkdtemp(dir=os.environ["BRYGGA_DATA"]))
    folder.chmod(0o711)
    return folder


@pytest.fixture
def passable_folder():
    return new_passable_folder()


@pytest.fixture
def make_database():
    """Make an empty database on the test run's server; all are removed at the end."""
    made = []
    given = os.environ["DATABASE_URL"]
    with psycopg.connect(given, autocommit=True) as connection:

        def make(encoding="UTF8"):
            name = f"doctor_{secrets.token_hex(4)}"
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'"
                " LOCALE_PROVIDER libc"
            )
            made.append(name)
            return urlsplit(given)._replace(path=f"/{name}").geturl()

        yield make
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
