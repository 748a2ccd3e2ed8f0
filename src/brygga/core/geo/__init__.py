"""Sweden's municipalities and regions: codes, names, outlines and postal codes."""

from brygga.core.geo.outlines import outline, outline_in_degrees, svg_path, view_box
from brygga.core.geo.places import (
    GOTLAND_MUNICIPALITY,
    GOTLAND_REGION,
    Municipality,
    Region,
    municipalities,
    municipality,
    region,
    regions,
)
from brygga.core.geo.postal import municipality_of_postal_code
from brygga.core.geo.projection import SHEET_HEIGHT, SHEET_WIDTH, on_sheet

__all__ = [
    "GOTLAND_MUNICIPALITY",
    "GOTLAND_REGION",
    "SHEET_HEIGHT",
    "SHEET_WIDTH",
    "Municipality",
    "Region",
    "municipalities",
    "municipality",
    "municipality_of_postal_code",
    "on_sheet",
    "outline",
    "outline_in_degrees",
    "region",
    "regions",
    "svg_path",
    "view_box",
]
