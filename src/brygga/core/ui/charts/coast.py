"""The outline of an island, from where its pebbles lie."""

import math
import zlib

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
CORNERS = 48
ANGLES = np.arange(CORNERS) * 2 * math.pi / CORNERS
WINDOW = 0.5  # radians within which a pebble holds the coast out


def coast_radii(pebbles: Points, margin: float, least: float, name: str) -> NDArray[np.float64]:
    """Give the distance to the coast in each of 48 directions from the island's centre.

    The coast keeps `margin` outside every pebble and `least` from the centre; a small unevenness,
    always the same for the same name, keeps it from looking like a ruled figure.
    """
    held = np.full(CORNERS, least)
    if len(pebbles):
        distance = np.hypot(*pebbles.T)
        bearing = np.arctan2(pebbles[:, 1], pebbles[:, 0])
        apart = np.abs((ANGLES[:, None] - bearing[None, :] + math.pi) % (2 * math.pi) - math.pi)
        reach = np.where(apart < WINDOW, distance * np.cos(apart) + margin, 0)
        held = np.maximum(held, reach.max(axis=1))
    smooth = _smooth(_smooth(held))
    radii: NDArray[np.float64] = _smooth(np.maximum(smooth, held)) + _unevenness(name, least)
    return radii


def _smooth(radii: NDArray[np.float64]) -> NDArray[np.float64]:
    weights = (0.06, 0.24, 0.4, 0.24, 0.06)
    shifted = [weight * np.roll(radii, shift - 2) for shift, weight in enumerate(weights)]
    smooth: NDArray[np.float64] = np.sum(shifted, axis=0)
    return smooth


def _unevenness(name: str, least: float) -> NDArray[np.float64]:
    seed = zlib.crc32(name.encode())
    phases = [(seed >> (8 * part)) % 256 / 256 * 2 * math.pi for part in range(3)]
    waves = zip((3, 5, 9), (0.035, 0.028, 0.018), phases, strict=True)
    parts = [least * size * (1 + np.sin(turns * ANGLES + phase)) for turns, size, phase in waves]
    uneven: NDArray[np.float64] = np.sum(parts, axis=0)
    return uneven


def smooth_path(points: Points) -> str:
    """Draw a closed curve through the points (Catmull-Rom, as cubic Béziers)."""
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    handle = (after - before) / 6
    first = points + handle
    second = after - np.roll(handle, -1, axis=0)
    curves = "".join(
        f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
        for a, b, end in zip(first, second, after, strict=True)
    )
    return f"M{points[0, 0]:.1f} {points[0, 1]:.1f}{curves}z"
