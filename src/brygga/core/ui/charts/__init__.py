"""Pictures drawn on the server: plain data in, SVG out, text as text."""

from brygga.core.ui.charts.archipelago import archipelago
from brygga.core.ui.charts.bar import group_bars, stacked_bar
from brygga.core.ui.charts.chart_data import Crossing, Group, You
from brygga.core.ui.charts.sweden import Sweden, sweden
from brygga.core.ui.charts.walk import Plank, Stone, walk

__all__ = [
    "Crossing",
    "Group",
    "Plank",
    "Stone",
    "Sweden",
    "You",
    "archipelago",
    "group_bars",
    "stacked_bar",
    "sweden",
    "walk",
]
