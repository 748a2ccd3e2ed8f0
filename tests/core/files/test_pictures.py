from io import BytesIO

import pytest
from PIL import Image

from brygga.core.files.pictures import LONGEST_EDGE, draw_anew, draw_small
from brygga.core.files.types import JPEG, PNG, WEBP, FileRefusedError
from tests.factories import files
from tests.factories.files import photo, picture


def test_a_photo_loses_its_place_its_camera_and_its_comment():
    taken = photo()
    with Image.open(BytesIO(taken)) as seen:
        assert seen.getexif().get_ifd(0x8825)
    assert b"Kameran" in taken
    assert b"Amina" in taken
    drawn = draw_anew(BytesIO(taken), JPEG).content
    with Image.open(BytesIO(drawn)) as seen:
        assert not seen.getexif()
        assert "comment" not in seen.info
    assert b"Exif" not in drawn
    assert b"Kameran" not in drawn
    assert b"Amina" not in drawn


@pytest.mark.parametrize(("form", "kind"), [("PNG", PNG), ("WEBP", WEBP)])
def test_other_pictures_lose_theirs_too(form, kind):
    exif = Image.Exif()
    exif[0x010F] = "Kameran"
    taken = picture(form, exif=exif)
    assert b"Kameran" in taken
    assert b"Kameran" not in draw_anew(BytesIO(taken), kind).content


def test_a_photo_taken_standing_stands():
    drawn = draw_anew(BytesIO(photo(orientation=6, size=(40, 30))), JPEG)
    assert (drawn.width, drawn.height) == (30, 40)


def test_what_comes_after_a_picture_is_gone():
    drawn = draw_anew(BytesIO(picture() + files.HTML + files.word()), PNG).content
    assert b"script" not in drawn
    assert b"document.xml" not in drawn


def test_a_clear_ground_stays_clear():
    drawn = draw_anew(BytesIO(picture(mode="RGBA")), PNG).content
    with Image.open(BytesIO(drawn)) as seen:
        assert seen.mode == "RGBA"


def test_a_picture_with_too_many_pixels_is_refused(settings):
    settings.BRYGGA_PICTURE_PIXELS = 1_000
    with pytest.raises(FileRefusedError, match=r"bildpunkter|pixels"):
        draw_anew(BytesIO(picture(size=(40, 30))), PNG)


def test_a_bomb_in_a_small_file_is_refused():
    bomb = picture(mode="1", size=(30_000, 30_000))
    assert len(bomb) < 200_000
    with pytest.raises(FileRefusedError, match=r"bildpunkter|pixels"):
        draw_anew(BytesIO(bomb), PNG)


@pytest.mark.parametrize("content", [picture()[:60], b"\x89PNG\r\n\x1a\n" + b"\0" * 100])
def test_a_damaged_picture_is_refused(content):
    with pytest.raises(FileRefusedError):
        draw_anew(BytesIO(content), PNG)


def test_a_very_large_picture_is_made_smaller():
    drawn = draw_anew(BytesIO(picture("JPEG", (LONGEST_EDGE + 904, 10))), JPEG)
    assert drawn.width <= LONGEST_EDGE


def test_a_thumbnail_is_small():
    with Image.open(BytesIO(draw_small(BytesIO(picture(size=(900, 700)))))) as seen:
        assert (seen.format, max(seen.size)) == ("WEBP", 640)
