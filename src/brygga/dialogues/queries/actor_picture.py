"""The actor map as a picture: plain data out, drawn by core.ui.charts."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from brygga.core.ui.charts.rings import Shape, Spot, rings, rings_key
from brygga.dialogues.enums import ActorKind, Affected
from brygga.dialogues.models import Actor

SHAPES = {
    ActorKind.ORGANISATION: Shape.SQUARE,
    ActorKind.ROLE: Shape.TRIANGLE,
    ActorKind.GROUP: Shape.CIRCLE,
}


def draw_actors(actors: Sequence[Actor]) -> SafeString:
    """Draw the actors in the order of the table beside, whose numbers they carry."""
    nearness = Affected.values
    spots = [
        Spot(
            number=number,
            name=actor.name,
            ring=nearness.index(actor.affected),
            shape=SHAPES[ActorKind(actor.kind)],
            is_filled=actor.reached_on is not None,
        )
        for number, actor in enumerate(actors, 1)
    ]
    return rings(
        spots,
        title=gettext("The actors around the issue"),
        description=_description(actors),
        middle=gettext("The issue"),
        names=[str(affected.label) for affected in Affected],
    )


def actors_key() -> SafeString:
    return rings_key([(shape, str(kind.label)) for kind, shape in SHAPES.items()])


def _description(actors: Sequence[Actor]) -> str:
    reached = sum(actor.reached_on is not None for actor in actors)
    return " ".join(
        [
            ngettext("%(count)s actor.", "%(count)s actors.", len(actors)) % {"count": len(actors)},
            ngettext("%(count)s is reached.", "%(count)s are reached.", reached)
            % {"count": reached},
            *(
                gettext("%(ring)s affected: %(names)s.")
                % {
                    "ring": affected.label,
                    "names": ", ".join(a.name for a in actors if a.affected == affected),
                }
                for affected in Affected
                if any(actor.affected == affected for actor in actors)
            ),
        ]
    )
