import pytest

from brygga.dialogues.enums import StepKind, TeamRole
from tests.factories.dialogues import dialogue_in, team_member


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path):
    """Give each test a data folder of its own, since what lies in it is searched."""
    settings.BRYGGA_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def dialogue(db):
    dialogue = dialogue_in(StepKind.IMPLEMENTATION, title="Byskolan i Sjöviken")
    body = dialogue.bodies.get()
    body.registrar_email, body.dnr_series = "registrator@example.test", "BUN"
    body.save()
    return dialogue


@pytest.fixture
def leader(dialogue):
    return team_member(dialogue, TeamRole.PROCESS_LEADER)
