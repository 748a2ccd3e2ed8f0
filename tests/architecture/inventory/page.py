"""What the inventory says of one page, and the readers that it speaks of."""

from collections.abc import Callable
from dataclasses import dataclass

from brygga.accounts.enums import Role

ANONYMOUS = "anonymous"
OUTSIDER = "outsider"  # signed in, a member of nothing
OWN = tuple(f"own {role}" for role in Role.values)
OTHER = tuple(f"other {role}" for role in Role.values)
NATIONAL = ("national owner", "national editor")  # who run the installation
READERS = (ANONYMOUS, OUTSIDER, *OWN, *OTHER, *NATIONAL)

EVERYBODY = frozenset(READERS)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
NOBODY = frozenset[str]()

# The states of the dialogue in which a page is looked at.
STATES = ("draft", "published", "information", "closed", "cancelled", "internal")


def own(*roles):
    """Give the readers who hold one of the roles in the organisation that the page belongs to."""
    return frozenset(f"own {role}" for role in roles)


@dataclass(frozen=True)
class Page:
    """One URL name.

    `readers` get the page; everybody else gets "not found", or the sign-in page when anonymous.
    It is a set, or a function from the dialogue's state to a set. `fill` adds n of what it lists.
    """

    name: str
    readers: frozenset | Callable[[str], frozenset]
    arguments: Callable = lambda world: ()
    query: str = ""
    fill: Callable | None = None
    public: bool = False
    posts_only: bool = False
    gives_file: bool = False  # something to download, not to read
    state: str = "published"  # in which the sweeps other than rights look at it
    depends_on_state: bool = False
    answers: int = 200
    refused: frozenset = NOBODY  # those who know of it but may not use it
    sent_on: frozenset = NOBODY  # those of the readers who are led to another page instead
    max_queries: int = 12
    as_reader: str = ""  # who looks in those sweeps; the first reader where it is empty

    def read_by(self, state):
        return self.readers(state) if callable(self.readers) else self.readers

    def looked_at_by(self):
        if self.as_reader:
            return self.as_reader
        return next(reader for reader in READERS if reader in self.read_by(self.state))

    def __str__(self):
        return self.name + self.query
