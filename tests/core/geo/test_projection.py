import pytest

from brygga.core.geo import on_sheet
from brygga.core.geo.projection import METRES_PER_UNIT, sweref


@pytest.mark.parametrize(
    ("longitude", "latitude", "easting", "northing"),
    [
        (12.75, 55.0, 356083.438, 6097106.672),
        (14.25, 55.0, 452024.069, 6095048.642),
        (18.059196, 59.330231, 674032, 6580822),
    ],
    ids=["Lantmäteriet's first", "Lantmäteriet's second", "Stockholm's central station"],
)
def test_control_points_project_as_published(
    longitude: float, latitude: float, easting: float, northing: float
) -> None:
    precision = 0.001 if easting % 1 else 0.5
    assert sweref(longitude, latitude) == pytest.approx((easting, northing), abs=precision)


def test_the_central_meridian_runs_straight_up() -> None:
    assert sweref(15, 56)[0] == sweref(15, 68)[0] == 500_000


def test_the_sheet_shows_east_to_the_right_and_north_up_in_one_scale() -> None:
    west, east, north = on_sheet(15, 60), on_sheet(16, 60), on_sheet(15, 60.5)
    assert east[0] > west[0]
    assert north[1] < west[1]
    assert (east[0] - west[0]) * METRES_PER_UNIT == pytest.approx(55_800, rel=0.001)
    assert (west[1] - north[1]) * METRES_PER_UNIT == pytest.approx(55_700, rel=0.001)
