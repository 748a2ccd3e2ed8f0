"""Sweden on a flat sheet: the national map projection, fitted to a sheet 1000 units high."""

from math import asinh, atan2, atanh, cos, cosh, radians, sin, sinh, sqrt, tan

Point = tuple[float, float]

# SWEREF 99 TM (EPSG:3006) on the ellipsoid GRS 80.
_RADIUS = 6_378_137.0  # metres
_FLATTENING = 1 / 298.257222101
_CENTRAL_MERIDIAN = radians(15)
_SCALE = 0.9996
_FALSE_EASTING = 500_000.0  # metres

# The third flattening and what follows from it.
_N = _FLATTENING / (2 - _FLATTENING)
_MERIDIAN_RADIUS = _RADIUS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHAS = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)
_ECCENTRICITY = sqrt(_FLATTENING * (2 - _FLATTENING))

# The sheet's upper left corner in SWEREF 99 TM, and how much ground one unit is.
_WEST, _NORTH = 263_000.0, 7_674_000.0  # metres
METRES_PER_UNIT = 1545.0
SHEET_WIDTH, SHEET_HEIGHT = 428.0, 1000.0


def sweref(longitude: float, latitude: float) -> Point:
    """Project degrees to SWEREF 99 TM; returns easting and northing in metres.

    Transverse Mercator after Krüger (1912), as in C. F. F. Karney, Transverse Mercator with an
    accuracy of a few nanometers, Journal of Geodesy 85 (2011), equations 7 to 13, to the third
    order in the third flattening: within a millimetre in Sweden.
    """
    tangent = tan(radians(latitude))
    east = radians(longitude) - _CENTRAL_MERIDIAN
    bend = sinh(_ECCENTRICITY * atanh(_ECCENTRICITY * tangent / sqrt(1 + tangent**2)))
    conformal = tangent * sqrt(1 + bend**2) - bend * sqrt(1 + tangent**2)
    xi = atan2(conformal, cos(east))
    eta = asinh(sin(east) / sqrt(conformal**2 + cos(east) ** 2))
    northing, easting = xi, eta
    for order, alpha in enumerate(_ALPHAS, start=1):
        northing += alpha * sin(2 * order * xi) * cosh(2 * order * eta)
        easting += alpha * cos(2 * order * xi) * sinh(2 * order * eta)
    metres = _SCALE * _MERIDIAN_RADIUS
    return _FALSE_EASTING + metres * easting, metres * northing


def on_sheet(longitude: float, latitude: float) -> Point:
    """Project degrees to the sheet: x to the right, y downwards, both in units from its corner."""
    easting, northing = sweref(longitude, latitude)
    return (easting - _WEST) / METRES_PER_UNIT, (_NORTH - northing) / METRES_PER_UNIT
