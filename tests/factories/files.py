"""Files for tests: made here, byte by byte, with the content that they say they have."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import factory
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory
from PIL import Image

from brygga.core.files.enums import Kind
from brygga.core.files.models import StoredFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="1" height="1"/></svg>'
)
HTML = b"<!doctype html><script>alert(1)</script>"
CONTENT_TYPES = "[Content_Types].xml"


def picture(form="PNG", size=(40, 30), mode="RGB", **saved):
    written = BytesIO()
    Image.new(mode, size, "red").save(written, form, **saved)
    return written.getvalue()


def photo(*, orientation=1, latitude=59.3293, size=(40, 30)):
    """A JPEG as a telephone takes it: with the place, the camera and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kameran"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (latitude, 0.0, 0.0)
    return picture("JPEG", size, exif=exif, comment=b"Hemma hos Amina")


def package(**parts):
    """A packed file with these parts; underscores stand for what a name may not hold."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def word(**more):
    return package(**{CONTENT_TYPES: "<Types/>", "word/document.xml": "<document/>"} | more)


def upload(content, name="fil", declared="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=declared)


class StoredFileFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    owner_kind = "nobody"
    kind = Kind.DOCUMENT
    media_type = "application/pdf"
    name = "underlag.pdf"
    size = len(PDF)
    stored_as = factory.LazyFunction(lambda: default_storage.save("aa/underlag", ContentFile(PDF)))
    added_at = datetime(2026, 1, 1, tzinfo=UTC)


class PictureFactory(StoredFileFactory):
    kind = Kind.PICTURE
    media_type = "image/png"
    name = "torget.png"
    alternative = "Torget en marknadsdag"
    width, height = 40, 30
    stored_as = factory.LazyFunction(
        lambda: default_storage.save("aa/bild", ContentFile(picture()))
    )
