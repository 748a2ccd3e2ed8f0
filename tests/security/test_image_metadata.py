"""A picture that is handed in tells nobody where it was taken, or by whom."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from brygga.core.files.models import StoredFile
from tests.architecture.inventory.page import ANONYMOUS
from tests.factories.files import photo, upload

PERSONAL = (b"Exif", b"Kameran", b"Amina", b"GPS")


@pytest.fixture(autouse=True)
def _storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_photo_with_its_place_loses_it_before_anybody_can_fetch_it(world):
    """Stand for the image metadata (Consul #5122, Consul #5256): from the form to the file read."""
    taken = photo()
    assert all(word in taken for word in PERSONAL[:3])
    world.put_in("published")
    before = set(StoredFile.objects.values_list("pk", flat=True))
    answer = world.client("own process_leader").post(
        reverse("dialogues:document_new", args=[world.dialogue.public_id]),
        {
            "document_1-file": upload(taken, "hemma hos Kalle.jpg", "image/jpeg"),
            "document_1-title": "Torget",
            "document_1-kind": "picture",
            "document_1-language": "sv",
            "document_1-is_public": "on",
            "document_1-alternative": "Torget en marknadsdag",
            **{f"document_{number}-kind": "basis" for number in range(2, 10)},
            **{f"document_{number}-language": "sv" for number in range(2, 10)},
        },
    )
    assert answer.status_code in {302, 303}
    [kept] = StoredFile.objects.exclude(pk__in=before)
    served = world.client(ANONYMOUS).get(reverse("files:file", args=[kept.public_id]))
    assert served.status_code == 200
    with default_storage.open(kept.stored_as) as stored:
        for content in (served.content, stored.read()):
            assert content.startswith(b"\xff\xd8")
            assert [word for word in PERSONAL if word in content] == []
