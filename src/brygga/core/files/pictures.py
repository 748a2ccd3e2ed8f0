"""Pictures drawn anew: turned the right way up, without what a camera wrote into them."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from brygga.core.files.types import JPEG, PNG, WEBP, FileRefusedError, MediaType

LONGEST_EDGE = 4_096
THUMBNAIL = (640, 640)
_FORMATS = {JPEG.name: "JPEG", PNG.name: "PNG", WEBP.name: "WEBP"}


@dataclass(frozen=True)
class Drawn:
    content: bytes
    width: int
    height: int


def draw_anew(content: IO[bytes], kind: MediaType) -> Drawn:
    """Keep the picture and nothing else: no place, no camera, no text, nothing after its end.

    Raises FileRefusedError where it is no picture, or one that would fill the memory.
    """
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(content, kind, LONGEST_EDGE)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_many_pixels() from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError) as error:
        raise FileRefusedError(
            _("The picture is damaged. Save it anew and send it again.")
        ) from error


def draw_small(content: IO[bytes]) -> bytes:
    """Make the thumbnail of a picture that `draw_anew` has made."""
    with Image.open(content, formats=list(_FORMATS.values())) as picture:
        picture.thumbnail(THUMBNAIL)
        return _written(picture.convert("RGBA" if picture.has_transparency_data else "RGB"), "WEBP")


def as_png(content: IO[bytes], longest: int) -> Drawn:
    """Draw a picture that `draw_anew` has made as PNG, for papers that take no other."""
    with Image.open(content, formats=list(_FORMATS.values())) as picture:
        picture.thumbnail((longest, longest))
        drawn = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return Drawn(_written(drawn, "PNG"), drawn.width, drawn.height)


def _draw(content: IO[bytes], kind: MediaType, edge: int) -> Drawn:
    with Image.open(content, formats=[_FORMATS[kind.name]]) as opened:
        if opened.width * opened.height > settings.BRYGGA_PICTURE_PIXELS:
            raise _too_many_pixels()
        opened.draft("RGB", (edge, edge))
        turned = ImageOps.exif_transpose(opened)
        clear = kind != JPEG and turned.has_transparency_data
        picture = turned.convert("RGBA" if clear else "RGB")
    picture.thumbnail((edge, edge))
    return Drawn(_written(picture, _FORMATS[kind.name]), picture.width, picture.height)


def _written(picture: Image.Image, form: str) -> bytes:
    picture.info = {}
    written = BytesIO()
    picture.save(written, form, **({} if form == "PNG" else {"quality": 85}))
    return written.getvalue()


def _too_many_pixels() -> FileRefusedError:
    return FileRefusedError(
        _("The picture has too many pixels. Make it smaller and send it again.")
    )
