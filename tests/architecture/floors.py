"""The floors of the house, from the top down, and where each app stands."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "brygga"
FLOORS = (
    ("config",),
    ("portal",),
    ("tools", "knowledge"),
    ("dialogues",),
    ("accounts",),
    ("core",),
    ("engines",),
)


def floor_of(place):
    """Tell the height of a module, an app or a path inside the package; engines stand on 0."""
    top = place.removeprefix("brygga.").replace("/", ".").split(".")[0]
    return next(len(FLOORS) - 1 - index for index, names in enumerate(FLOORS) if top in names)


def area_of(place):
    """Tell which app a module or path belongs to; siblings on one floor are areas of their own."""
    parts = place.removeprefix("brygga.").replace("/", ".").split(".")
    return ".".join(
        parts[:2] if parts[0] in {"tools", "knowledge", "core", "engines"} else parts[:1]
    )


def may_use(user, used):
    """An area may use itself and lower floors; in core, areas may use each other."""
    if area_of(user) == area_of(used):
        return True
    if floor_of(user) == floor_of(used):
        return user.removeprefix("brygga.").startswith("core")
    return floor_of(user) > floor_of(used)
