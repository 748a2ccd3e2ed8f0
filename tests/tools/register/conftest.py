import pytest


@pytest.fixture(autouse=True)
def own_data_folder(settings, tmp_path):
    """Give each test a data folder of its own, since what lies in it is searched."""
    settings.BRYGGA_DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
