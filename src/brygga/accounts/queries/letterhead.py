"""The organisation's logo on its papers."""

from base64 import b64encode
from dataclasses import dataclass

from django.utils.translation import gettext as _

from brygga.accounts.models import Organisation
from brygga.core.files.queries import png_of

SHARP_ENOUGH = 900  # pixels along the longest edge: 60 mm at 380 dots an inch
WIDEST, HIGHEST = 60.0, 18.0  # millimetres on an A4


@dataclass(frozen=True)
class Logo:
    """A logo as a paper takes it: a picture, what it shows, and how large it is in millimetres."""

    png: bytes
    alt: str
    width: float
    height: float

    def as_data(self) -> dict[str, object]:
        """Give it to a template; a drawing around the picture lets it travel as text."""
        picture = b64encode(self.png).decode()
        size = f'width="{self.width}" height="{self.height}"'
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
            f'<image {size} href="data:image/png;base64,{picture}"/></svg>'
        )
        return {"svg": svg, "alt": self.alt, "width": self.width, "height": self.height}


def logo_for_paper(organisation: Organisation) -> Logo | None:
    """Give the logo in the language that is spoken now; None where there is none to print."""
    drawn = png_of(organisation.logo, SHARP_ENOUGH) if organisation.logo else None
    if drawn is None:
        return None
    scale = min(WIDEST / drawn.width, HIGHEST / drawn.height)
    return Logo(
        png=drawn.content,
        alt=_("Logo of %(organisation)s") % {"organisation": organisation.name},
        width=round(drawn.width * scale, 1),
        height=round(drawn.height * scale, 1),
    )


def letterhead(organisation: Organisation) -> dict[str, object] | None:
    logo = logo_for_paper(organisation)
    return logo.as_data() if logo else None
