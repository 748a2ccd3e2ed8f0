"""The steps of a dialogue as the jetty and the line draw them."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    COMING = "coming"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Step:
    """One plank. `residents` gives it a bench: there residents take part."""

    title: str
    state: StepState
    residents: bool = False
    url: str = ""
    note: str = ""

    @property
    def state_text(self) -> str:
        return {
            StepState.DONE: gettext("Done."),
            StepState.NOW: gettext("We are here now."),
            StepState.COMING: gettext("Still to come."),
            StepState.SKIPPED: gettext("Left out this time."),
        }[self.state]
