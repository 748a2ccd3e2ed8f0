"""The steps that each form of dialogue begins with, read from the files in `steps/`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from brygga.dialogues.enums import DialogueForm, StepKind, TeamRole


@dataclass(frozen=True)
class CheckTemplate:
    """One point of a checklist, or one criterion for leaving the step, for one role."""

    code: str
    role: TeamRole
    sv: str
    en: str
    is_exit_criterion: bool

    @property
    def text(self) -> str:
        return self.en if get_language() == "en" else self.sv


@dataclass(frozen=True)
class StepTemplate:
    kind: StepKind
    residents_take_part: bool
    checks: tuple[CheckTemplate, ...]


@cache
def step_templates(form: DialogueForm) -> tuple[StepTemplate, ...]:
    source = files("brygga.dialogues").joinpath("steps", f"{form.value}.toml")
    steps = tomllib.loads(source.read_text(encoding="utf-8"))["step"]
    return tuple(
        StepTemplate(
            kind=StepKind(step["kind"]),
            residents_take_part=step["residents_take_part"],
            checks=tuple(
                CheckTemplate(
                    code=check["code"],
                    role=TeamRole(check["role"]),
                    sv=check["sv"],
                    en=check["en"],
                    is_exit_criterion=family == "exit",
                )
                for family in ("exit", "check")
                for check in step.get(family, ())
            ),
        )
        for step in steps
    )


def check_text(form: DialogueForm, kind: StepKind, code: str) -> str:
    """Give the wording of a point in the reader's language; its code if it has been dropped."""
    return next(
        (
            check.text
            for step in step_templates(form)
            if step.kind == kind
            for check in step.checks
            if check.code == code
        ),
        code,
    )
