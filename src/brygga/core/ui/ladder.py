"""The five levels of participation, in a sentence that promises no more than the level gives."""

from dataclasses import dataclass

from django.utils.translation import gettext

TOP = 5


@dataclass(frozen=True)
class Rung:
    x: int
    y: int
    height: int
    reached: bool


def level_name(level: int) -> str:
    return {
        1: gettext("Information"),
        2: gettext("Consultation"),
        3: gettext("Dialogue"),
        4: gettext("Influence"),
        5: gettext("Shared decision"),
    }[level]


def level_sentence(level: int) -> str:
    return {
        1: gettext("You are told what will happen. You cannot change it."),
        2: gettext("You say what you think. Those who decide listen and answer you."),
        3: gettext("You reason together with those who decide. They make the decision."),
        4: gettext("You help to shape the proposal. Others decide on it."),
        5: gettext("You take part in the decision itself."),
    }[level]


def rungs(level: int) -> list[Rung]:
    """Five treads rising out of the water, the reached ones solid."""
    return [
        Rung(x=2 + 12 * step, y=44 - 10 * step, height=10 + 10 * step, reached=step < level)
        for step in range(TOP)
    ]
