"""Public ids in addresses, as in `<slug:slug>-<public_id:public_id>/`."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from brygga.core.http.public_ids import PUBLIC_ID_PATTERN


class PublicIdConverter(StringConverter):
    regex = PUBLIC_ID_PATTERN


register_converter(PublicIdConverter, "public_id")
