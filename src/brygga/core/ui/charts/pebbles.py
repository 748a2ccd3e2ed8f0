"""Participants as pebbles: thinned out evenly, and nudged apart so that each can be seen."""

import math

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
CORE = 0.7  # inside this part of the radius, distances keep their proportion
ROUNDS = 24
CORNERS = {2: 4, 3: 3, 4: 4, 5: 5, 6: 6}
TURN = {2: math.pi / 4, 3: -math.pi / 2, 4: 0.0, 5: -math.pi / 2, 6: 0.0}


def thin_out(points: Points, keep: int) -> Points:
    """Choose `keep` of the points, evenly over the plane and always the same ones."""
    if len(points) <= keep:
        return points
    order = np.argsort(_along_a_winding_line(points), kind="stable")
    return points[order[(np.arange(keep) * len(points)) // keep]]


def _along_a_winding_line(points: Points) -> NDArray[np.int64]:
    """Number the cells of a 64 × 64 grid row by row, every other row backwards."""
    low, high = points.min(axis=0), points.max(axis=0)
    cells = ((points - low) / np.where(high > low, high - low, 1) * 63).astype(np.int64)
    columns = np.where(cells[:, 1] % 2 == 0, cells[:, 0], 63 - cells[:, 0])
    numbers: NDArray[np.int64] = cells[:, 1] * 64 + columns
    return numbers


def fit(points: Points, radius: float) -> "Fit":
    """Find the centre and the scale that bring a group's points into a circle."""
    centre = points.mean(axis=0) if len(points) else np.zeros(2)
    distances = np.hypot(*(points - centre).T) if len(points) else np.zeros(1)
    reach = float(np.quantile(distances, 0.85)) or 1.0
    return Fit(float(centre[0]), float(centre[1]), CORE * radius / reach, radius)


class Fit:
    """From the map's plane to pixels around an island's centre; far outliers are drawn in."""

    def __init__(self, x: float, y: float, scale: float, radius: float) -> None:
        self.centre = np.array([x, y])
        self.scale = scale
        self.radius = radius

    def __call__(self, points: Points) -> Points:
        local = (points - self.centre) * self.scale
        distance = np.hypot(*local.T)
        core = CORE * self.radius
        rim = self.radius - core
        drawn_in = core + rim * (1 - np.exp(-(distance - core) / rim))
        wanted = np.where(distance > core, drawn_in, distance)
        fitted: Points = local * (wanted / np.where(distance > 0, distance, 1))[:, None]
        return fitted


def spread(
    pebbles: Points, pebble_radius: float, radius: float, clearing: tuple[float, float]
) -> Points:
    """Nudge pebbles apart and out of the clearing for the letter, in a fixed number of rounds."""
    turn = np.arange(len(pebbles)) * GOLDEN_ANGLE
    placed = pebbles + 0.4 * np.column_stack([np.cos(turn), np.sin(turn)])
    least = 2.35 * pebble_radius
    for _ in range(ROUNDS):
        dx = placed[:, 0, None] - placed[:, 0]
        dy = placed[:, 1, None] - placed[:, 1]
        squared = dx * dx + dy * dy
        np.fill_diagonal(squared, np.inf)
        near = np.clip(squared, 1e-6, least * least)  # beyond this nothing is pushed
        push = 0.35 * (least / np.sqrt(near) - 1)
        placed = placed + np.column_stack([(dx * push).sum(axis=1), (dy * push).sum(axis=1)])
        placed = _out_of_the_clearing(placed, clearing, pebble_radius)
        far = np.hypot(*placed.T)
        placed = placed * np.where(far > radius, radius / np.where(far > 0, far, 1), 1)[:, None]
    return placed


def _out_of_the_clearing(
    placed: Points, clearing: tuple[float, float], pebble_radius: float
) -> Points:
    axes = np.array(clearing) + pebble_radius
    inside = np.hypot(*(placed / axes).T)
    factor = np.where(inside < 1, 1 / np.where(inside > 0, inside, 1), 1)
    return placed * factor[:, None]


def draw_pebbles(pebbles: Points, number: int, radius: float) -> str:
    """One path for all pebbles of an island, each in the island's own shape."""
    if number not in CORNERS:
        around = f"a{radius:.1f} {radius:.1f} 0 1 0"
        return "".join(
            f"M{x - radius:.1f} {y:.1f}{around} {2 * radius:.1f} 0{around} {-2 * radius:.1f} 0"
            for x, y in pebbles
        )
    reach = radius * (1.3 if number == 3 else 1.15)
    angles = TURN[number] + np.arange(CORNERS[number]) * 2 * math.pi / CORNERS[number]
    shape = reach * np.column_stack([np.cos(angles), np.sin(angles)])
    steps = "".join(f"l{dx:.1f} {dy:.1f}" for dx, dy in np.diff(shape, axis=0))
    return "".join(f"M{x + shape[0, 0]:.1f} {y + shape[0, 1]:.1f}{steps}z" for x, y in pebbles)
