"""How promises are held, added up over many dialogues."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LatePromise:
    """A promise that was not kept by its day and still is not, as the public may know it."""

    where: str  # the dialogue's title
    language: str
    text: str
    due_on: date
    url: str = ""


@dataclass(frozen=True)
class PromisesKept:
    """How promises made in many dialogues have been held; `late` are the longest overdue.

    `in_time` were kept by the day first promised, and `later` after it. A promise that was moved
    and is open still counts among `moved`. What is not due yet is `coming`.
    """

    in_time: int = 0
    later: int = 0
    moved: int = 0
    overdue: int = 0
    coming: int = 0
    late: tuple[LatePromise, ...] = ()

    @property
    def due(self) -> int:
        return self.in_time + self.later + self.moved + self.overdue

    def __add__(self, other: "PromisesKept") -> "PromisesKept":
        late = sorted((*self.late, *other.late), key=lambda each: (each.due_on, each.text))
        return PromisesKept(
            self.in_time + other.in_time,
            self.later + other.later,
            self.moved + other.moved,
            self.overdue + other.overdue,
            self.coming + other.coming,
            tuple(late),
        )
