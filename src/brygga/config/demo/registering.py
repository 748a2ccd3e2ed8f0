"""What of the demo has gone to the register, is kept how long, and has been disposed of."""

from brygga.accounts.models import User
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.dialogues.enums import RetentionClass
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations.dialogues import edit_dialogue
from brygga.tools.register.enums import Scope
from brygga.tools.register.operations.deliveries import ask_for_delivery
from brygga.tools.register.operations.making import make_delivery
from brygga.tools.register.operations.numbers import enter_number
from brygga.tools.register.operations.retention import DisposalDecision, carry_out, decide


def register(dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
    """Play what the leader sends and the registrar enters, decides on and lets go."""
    leader, registrar = town.people[script["leader"]], town.people["eva"]
    if told := script.get("plan"):
        _tell_of_formal_opinions(dialogue, told, leader, calendar)
    for each in script.get("filing", ()):
        _file(dialogue, each, leader, registrar, town, calendar)
    if told := script.get("retention"):
        _decide(dialogue, told, registrar, town, calendar)


def _tell_of_formal_opinions(
    dialogue: Dialogue, told: Script, leader: User, calendar: Calendar
) -> None:
    after = {
        "is_planning": True,
        "opinion_to": told["to"],
        "opinion_how": told["how"].strip(),
        "opinion_by": calendar.day(told["by"]),
    }
    edit_dialogue(
        dialogue=dialogue,
        before={name: getattr(dialogue, name) for name in after},
        after=after,
        bodies=dialogue.bodies.all(),
        themes=dialogue.themes.all(),
        by=leader,
        at=calendar.moment(told["day"]),
    )


def _file(
    dialogue: Dialogue,
    each: Script,
    leader: User,
    registrar: User,
    town: Town,
    calendar: Calendar,
) -> None:
    at = calendar.moment(each["day"])
    asked = ask_for_delivery(
        dialogue=dialogue,
        body=town.bodies[each["body"]],
        scope=Scope.ALL,
        left_out=[],
        client_key=None,
        by=leader,
        at=at,
    )
    delivery = make_delivery(delivery_pk=asked.delivery.pk, at=at)
    if delivery is not None and "number" in each:
        enter_number(
            delivery=delivery,
            dnr=calendar.dated(each["number"], each["day"]),
            by=registrar,
            at=calendar.moment(each["numbered"]),
        )


def _decide(
    dialogue: Dialogue, told: Script, registrar: User, town: Town, calendar: Calendar
) -> None:
    decision = DisposalDecision(
        rule=RetentionClass(dialogue.mandate.retention_class),
        body=town.bodies[told["body"]],
        decided_on=calendar.day(told["day"]),
        dnr=calendar.dated(told["dnr"], told["day"]),
    )
    at = calendar.moment(told["day"])
    plan = decide(dialogue=dialogue, decision=decision, by=registrar, at=at)
    if "disposed" in told:
        carry_out(plan_pk=plan.pk, at=calendar.moment(told["disposed"]))
