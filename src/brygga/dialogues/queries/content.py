"""What of a dialogue can begin another one: its words and structure, never its people or voices."""

from typing import Any

from brygga.dialogues.models import Dialogue, Mandate
from brygga.dialogues.queries.mandates import get_mandate
from brygga.dialogues.queries.steps import steps_of

Content = dict[str, Any]

# Left out on purpose: people, dates, register numbers, and answers that each dialogue gives anew.
MANDATE_TEXTS = (
    "fixed_by_law",
    "fixed_by_money",
    "fixed_by_decisions",
    "resources",
    "open_to_influence",
    "ladder_level",
    "feeds_what",
    "feedback_promise",
    "children_concerned",
    "children_heard",
    "information_text",
    "legal_ground",
    "retention_class",
)
STEP_TEXTS = ("ladder_level", "residents_take_part", "exit_criteria", "public_text")


def content_of(dialogue: Dialogue) -> Content:
    """Give the content as plain data, part by part."""
    return {
        "texts": {"summary": dialogue.summary, "background": dialogue.background},
        "mandate": mandate_texts(get_mandate(dialogue)),
        "steps": step_texts(dialogue),
    }


def mandate_texts(mandate: Mandate) -> Content:
    return {name: getattr(mandate, name) for name in MANDATE_TEXTS}


def step_texts(dialogue: Dialogue) -> dict[str, Content]:
    return {
        step.kind: {name: getattr(step, name) for name in STEP_TEXTS} for step in steps_of(dialogue)
    }
