"""How many came, for the team in full and for everybody else in cells of five or more."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Count, Q
from django.http import Http404

from brygga.core.attendance.enums import AgeBand
from brygga.core.attendance.models import Gathering
from brygga.core.disclosure import SMALLEST, is_small, without_small


@dataclass(frozen=True)
class Numbers:
    """`came` counts all heads; `missing` are the `expected` ones who are not here."""

    came: int
    by_phone: int
    expected: int
    missing: int

    @property
    def by_hand(self) -> int:
        return self.came - self.by_phone

    @property
    def told(self) -> int | None:
        """What everybody may know: None where so few came that they could be known again."""
        return None if is_small(self.came) else self.came


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def key_of(gathering: Gathering, secret: str) -> str:
    """Hash a device or a code for one gathering, so that no two lists can be laid side by side."""
    return hash_of(f"{gathering.public_id}\n{secret}")


def gathering_of(owner_kind: str, owner_id: str) -> Gathering | None:
    """Give an owner's gathering; whoever asks has already looked to the reader's rights."""
    return Gathering.objects.filter(owner_kind=owner_kind, owner_id=owner_id).first()


def get_gathering(secret: str) -> Gathering:
    """Give the gathering whose code was scanned; the code itself is the right to check in."""
    gathering = Gathering.objects.filter(secret_hash=hash_of(secret)).first()
    if gathering is None:
        raise Http404
    return gathering


def is_over(gathering: Gathering, *, at: datetime) -> bool:
    return gathering.closed_at is not None or at >= gathering.closes_at


def is_open(gathering: Gathering, *, at: datetime) -> bool:
    return gathering.opens_at <= at and not is_over(gathering, at=at)


def has_come(gathering: Gathering, device: str) -> bool:
    came = gathering.check_ins.filter(key_hash=key_of(gathering, device), came_at__isnull=False)
    return bool(device) and came.exists()


def numbers_of(gathering: Gathering) -> Numbers:
    here = Q(came_at__isnull=False)
    counts = gathering.check_ins.aggregate(
        here=Count("pk", filter=here),
        expected=Count("pk", filter=Q(is_expected=True)),
        missing=Count("pk", filter=Q(is_expected=True) & ~here),
    )
    return Numbers(
        came=counts["here"] + gathering.counted,
        by_phone=counts["here"],
        expected=counts["expected"],
        missing=counts["missing"],
    )


def ages_of(gathering: Gathering) -> list[tuple[str, int | None]]:
    """Give how many said that they are of each age, no number pointing anybody out.

    Empty where nobody was asked, or so few answered that no number may be told.
    """
    counts = {band: int(gathering.ages.get(band.value, 0)) for band in AgeBand}
    if sum(counts.values()) < SMALLEST:
        return []
    return [(str(band.label), told) for band, told in without_small(counts).items()]
