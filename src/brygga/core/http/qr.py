"""An address as a QR code, drawn on the server."""

from io import BytesIO

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 wants


def qr_svg(address: str, label: str) -> SafeString:
    """Draw dark on white whatever the page's colours are: many cameras read nothing else."""
    matrix = segno.make(address, error="m", micro=False).matrix
    size = len(matrix) + 2 * QUIET_ZONE
    squares = "".join(
        f"M{column + QUIET_ZONE} {row + QUIET_ZONE}h1v1h-1z"
        for row, modules in enumerate(matrix)
        for column, is_dark in enumerate(modules)
        if is_dark
    )
    return format_html(
        '<svg class="qr" role="img" viewBox="0 0 {0} {0}" width="{1}" height="{1}" '
        'shape-rendering="crispEdges"><title>{2}</title>'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{3}"/></svg>',
        size,
        4 * size,
        label,
        squares,
    )


def qr_png(address: str) -> bytes:
    """Draw the code as a picture of its own, sharp in print up to a hand's width."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="png", scale=16, border=QUIET_ZONE, dark="#000", light="#fff"
    )
    return picture.getvalue()
