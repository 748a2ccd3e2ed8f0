"""Pictures drawn on the server: plain data in, SVG out, text as text."""

from brygga.core.ui.charts.bar import stacked_bar

__all__ = ["stacked_bar"]
