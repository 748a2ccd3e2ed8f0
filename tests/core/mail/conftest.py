from datetime import timedelta
from pathlib import Path

import pytest

from brygga.config.environment import MailServer
from tests.core.mail.ledger import forget_jobs
from tests.core.mail.office import Office, free_port, open_house

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def mail_settings(settings, tmp_path):
    [templates] = settings.TEMPLATES
    settings.TEMPLATES = [templates | {"DIRS": [TEMPLATES]}]
    settings.EMAIL_BACKEND = "brygga.core.mail.backend.LedgerBackend"
    settings.BRYGGA_DATA = tmp_path
    settings.MAIL_SERVER = None
    settings.MAIL_ANSWER_WITHIN = 10
    settings.MAIL_VERDICT_WITHIN = 10
    settings.MAIL_KEPT_FOR = timedelta(days=30)


@pytest.fixture
def office(settings):
    """A mail server that is open, and set."""
    office = Office()
    house = open_house(office)
    settings.MAIL_SERVER = server_at(house.port)
    yield office
    house.stop()


@pytest.fixture
def closed_office(settings):
    """A mail server that is set, but nobody is there."""
    settings.MAIL_SERVER = server_at(free_port())


@pytest.fixture
def committed(transactional_db):
    """What this test does is seen by other threads and processes, and is gone afterwards."""
    yield
    forget_jobs()


def server_at(port):
    return MailServer("127.0.0.1", port, "", "", tls=False, starttls=False)
