"""A file that is handed in or read in runs nowhere, fills nothing, and leads to no other file."""

import pytest
from django.urls import reverse

from brygga.core.files.models import StoredFile
from brygga.core.jobs.models import Job
from brygga.engines.opinion.polis import PolisError
from brygga.tools.perspectives.models import Statement
from brygga.tools.perspectives.operations.imports import import_polis
from tests.architecture.inventory.perspectives import statement_round
from tests.architecture.inventory.world import NOW
from tests.factories.files import HTML, PDF, SVG, package, upload
from tests.security.pages import text_of

HEADING = b"timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
VOTES = b"timestamp,datetime,comment-id,voter-id,vote\n1498798152000,x,0,1,1\n"
ALIVE = b"<svg onload=alert(1)>"


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def hand_in(world, content, name, declared):
    return world.client("own process_leader").post(
        reverse("dialogues:document_new", args=[world.dialogue.public_id]),
        {
            "document_1-file": upload(content, name, declared),
            "document_1-title": "Underlag",
            "document_1-is_public": "on",
            **{f"document_{number}-kind": "basis" for number in range(1, 10)},
            **{f"document_{number}-language": "sv" for number in range(1, 10)},
        },
    )


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (SVG, "karta.svg", "image/svg+xml"),
        (SVG, "karta.png", "image/png"),
        (HTML, "sida.html", "text/html"),
        (HTML, "sida.pdf", "application/pdf"),
        (package(**{"../../etc/cron.d/x": "x"}), "underlag.docx", "application/zip"),
        (b"MZ\x90\x00" + b"\x00" * 200, "rapport.pdf", "application/pdf"),
    ],
)
def test_what_could_run_is_refused_whatever_it_is_called(world, content, name, declared):
    """Stand for PYSEC-2023-40 and PYSEC-2023-41: content decides, neither name nor path does."""
    world.put_in("published")
    before = StoredFile.objects.count()
    assert hand_in(world, content, name, declared).status_code in {200, 422}
    assert StoredFile.objects.count() == before


@pytest.mark.parametrize("name", ["../../../etc/passwd.pdf", "<svg onload=alert(1)>.pdf", "a\r\nb"])
def test_a_hostile_name_is_no_path_and_no_header(world, name, storage):
    """Stand for PYSEC-2023-41: a name overwrote files of the server."""
    world.put_in("published")
    before = set(StoredFile.objects.values_list("pk", flat=True))
    assert hand_in(world, PDF, name, "application/pdf").status_code in {302, 303}
    [kept] = StoredFile.objects.exclude(pk__in=before)
    assert "passwd" not in kept.stored_as
    assert all((storage / "files") in path.parents for path in storage.rglob("*") if path.is_file())
    served = world.client("own owner").get(reverse("files:file", args=[kept.public_id]))
    assert served.headers["Content-Disposition"].startswith("attachment")
    assert "<" not in served.headers["Content-Disposition"]
    address = reverse("dialogues:documents", args=[world.dialogue.public_id])
    listing = text_of(world.client("own owner").get(address))
    assert "<svg onload" not in listing


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"a,b,c\n1,2,3\n",
        HEADING + b"1,x,99999999999999999999,1,1,1,1,x\n",
        PDF,
    ],
)
def test_an_export_that_is_none_is_refused_and_writes_nothing(world, storage, content):
    """Stand for the import files of LimeSurvey: half an import is none."""
    found = statement_round(world)
    (storage / "comments.csv").write_bytes(content)
    (storage / "votes.csv").write_bytes(content if content.startswith(b"\x00") else VOTES)
    before = Statement.objects.count()
    with pytest.raises(PolisError):
        import_polis(
            statement_round=found,
            votes=storage / "votes.csv",
            statements=storage / "comments.csv",
            by=None,
            at=NOW,
        )
    assert Statement.objects.count() == before


def test_what_an_export_says_is_text_on_every_page(world, storage):
    """Stand for scripts in imported files: they are shown as they were written."""
    world.put_in("published")
    found = statement_round(world)
    (storage / "comments.csv").write_bytes(HEADING + b"1498798151030,x,0,1,2,0,1," + ALIVE + b"\n")
    (storage / "votes.csv").write_bytes(VOTES)
    import_polis(
        statement_round=found,
        votes=storage / "votes.csv",
        statements=storage / "comments.csv",
        by=None,
        at=NOW,
    )
    page = world.client("own process_leader").get(
        reverse("perspectives:round", args=[found.public_id])
    )
    assert "&lt;svg onload" in text_of(page)
    assert ALIVE.decode() not in text_of(page)


def test_the_form_of_imports_takes_a_path_for_a_name_only(world, storage):
    """Stand for PYSEC-2023-40: what is kept on the way in lies under names of our own."""
    world.put_in("published")
    found = statement_round(world)
    world.client("own process_leader").post(
        reverse("perspectives:read_in", args=[found.public_id]),
        {
            "votes": upload(VOTES, "../../../votes.csv", "text/csv"),
            "statements": upload(HEADING, "/etc/passwd", "text/csv"),
        },
    )
    assert Job.objects.filter(subject=found.public_id).exists()
    names = {path.name for path in storage.rglob("*") if path.is_file()}
    assert names == {"votes.csv", "comments.csv"}
