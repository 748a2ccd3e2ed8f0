from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory

from brygga.core.files.uploads import LimitedUploadHandler
from tests.factories.files import upload


def receive(content):
    request = RequestFactory().post("/", {"note": "kvar", "file": upload(content, "stor.pdf")})
    parser = MultiPartParser(request.META, request, [LimitedUploadHandler(request)])
    return parser.parse()


def test_no_more_than_may_be_kept_is_written_to_disk(settings):
    settings.BRYGGA_FILE_BYTES = 100_000
    typed, sent = receive(b"x" * 400_000)
    file = sent["file"]
    assert file.size == 400_000
    assert len(file.read()) <= 100_000
    assert typed["note"] == "kvar"
    file.close()


def test_a_file_within_the_limit_is_whole(settings):
    settings.BRYGGA_FILE_BYTES = 500_000
    _typed, sent = receive(b"x" * 400_000)
    assert sent["file"].read() == b"x" * 400_000
    sent["file"].close()
