"""What the apps declare of personal data and cookies, in the order in which it is told."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie
from brygga.core.registry.personal_data import PersonalData, Whose, declarations

PUBLIC_TASK = _("Task of public interest, article 6.1 e of the GDPR")
# Consent is asked where nobody has to leave an address. In a dialogue the mandate may choose it.
GROUNDS: dict[Whose, str | Promise] = {
    Whose.PARTICIPANT: _(
        "Task of public interest, article 6.1 e of the GDPR. A dialogue that asks for consent "
        "instead says so on its page."
    ),
    Whose.FOLLOWER: _("Your consent, article 6.1 a of the GDPR. You take it back when you like."),
    Whose.READER: PUBLIC_TASK,
    Whose.STAFF: PUBLIC_TASK,
    Whose.NAMED: PUBLIC_TASK,
}
SEEN_BY: dict[Whose, str | Promise] = {
    Whose.PARTICIPANT: _(
        "Everybody reads what is published, without your name. The dialogue's team reads the rest. "
        "Nobody sees which answers are yours."
    ),
    Whose.FOLLOWER: _("Those who run Brygga. The dialogue's team sees how many you are, not who."),
    Whose.READER: _("Those who run Brygga, and those who answer you."),
    Whose.STAFF: _("Your colleagues in the organisation, as their roles allow."),
    Whose.NAMED: _("The team, or everybody where the organisation has chosen to show it."),
}


@dataclass(frozen=True)
class Group:
    whose: Whose
    ground: str | Promise
    seen_by: str | Promise
    held: list[PersonalData]


def groups() -> list[Group]:
    """Gather what is held by whose it is; whom nothing is held of is left out."""
    held = [each for app in declarations().values() for each in app.holds]
    gathered = {whose: [each for each in held if each.whose == whose] for whose in Whose}
    return [
        Group(whose, GROUNDS[whose], SEEN_BY[whose], rows)
        for whose, rows in gathered.items()
        if rows
    ]


def cookies() -> list[Cookie]:
    return [cookie for app in declarations().values() for cookie in app.cookies]
