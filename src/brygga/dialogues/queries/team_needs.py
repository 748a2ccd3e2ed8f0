"""What each role does, and which roles the steps ask for that nobody holds."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from brygga.dialogues.enums import DialogueForm, StepKind, StepState, TeamRole
from brygga.dialogues.models import Dialogue
from brygga.dialogues.queries.people import team_of
from brygga.dialogues.queries.steps import steps_of
from brygga.dialogues.queries.templates import step_templates


@dataclass(frozen=True)
class Missing:
    """A role that a step's checklist speaks to, held by nobody."""

    role: str
    step: str
    is_now: bool


def roles_explained() -> list[tuple[str, str]]:
    told = {
        TeamRole.OWNER: _("Answers for the dialogue, and sees to it that somebody leads it."),
        TeamRole.PROCESS_LEADER: _("Plans, leads and documents the dialogue."),
        TeamRole.OFFICIAL: _("Knows the matter, reads what is said, and answers."),
        TeamRole.ELECTED: _("Commissions, listens, and decides with reasons."),
        TeamRole.HOST: _("Meets people where they are, and writes down what they say."),
        TeamRole.SECRETARY: _("Takes the matter to the body, and its decisions back."),
        TeamRole.REGISTRAR: _("Keeps what has come in and been made, in the register."),
    }
    return [(str(role.label), told[role]) for role in TeamRole]


def missing_roles(dialogue: Dialogue, *, on: date) -> list[Missing]:
    """Give the roles that this step and the next ask for, each once."""
    held = {member.role for member in team_of(dialogue, on=on) if member.starts_on <= on}
    templates = {each.kind: each for each in step_templates(DialogueForm(dialogue.form))}
    steps = steps_of(dialogue)
    here = next((at for at, each in enumerate(steps) if each.state == StepState.CURRENT), None)
    if here is None:
        return []
    found: dict[str, Missing] = {}
    for step in steps[here : here + 2]:
        checks = templates[StepKind(step.kind)].checks
        for check in checks:
            if check.role not in held and check.role not in found:
                found[check.role] = Missing(
                    str(check.role.label),
                    step.get_kind_display(),
                    is_now=step.state == StepState.CURRENT,
                )
    return list(found.values())
