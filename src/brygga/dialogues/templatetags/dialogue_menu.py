"""The menu of a dialogue's workspace, in groups, and where in it the reader stands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@dataclass(frozen=True)
class Place:
    label: str | Promise
    page: str
    right: str = ""  # who lacks it is not shown the way
    also: tuple[str, ...] = ()  # pages that belong here though their address does not say so


@dataclass(frozen=True)
class Link:
    label: str | Promise
    href: str
    current: str


@dataclass(frozen=True)
class Part:
    label: str | Promise
    links: list[Link]


@dataclass(frozen=True)
class Menu:
    parts: list[Part]
    here: str | Promise


OVERVIEW = Place(_("Overview"), "dialogues:workspace")
PARTS: list[tuple[str | Promise, list[Place]]] = [
    ("", [OVERVIEW]),
    (
        _("Prepare"),
        [
            Place(_("Mandate"), "dialogues:mandate", "edit_mandate"),
            Place(_("Start check"), "dialogues:start_check"),
            Place(_("Actor map"), "dialogues:actors"),
            Place(_("Plan"), "dialogues:plan"),
            Place(_("Invitation"), "dialogues:kit", "invite"),
            Place(_("Documents"), "dialogues:documents"),
        ],
    ),
    (
        _("Listen"),
        [
            Place(_("What has been said"), "dialogues:contributions"),
            Place(_("Moderation"), "dialogues:moderation", "moderate"),
            Place(_("Perspectives"), "dialogues:perspectives"),
        ],
    ),
    (
        _("Give an answer"),
        [
            Place(_("Insights"), "dialogues:insights"),
            Place(
                _("Proposals, decisions and promises"),
                "outcomes:briefing",
                also=(
                    "outcomes:proposals",
                    "outcomes:decisions",
                    "outcomes:actions",
                    "outcomes:promises",
                ),
            ),
        ],
    ),
    (
        _("Keep in order"),
        [
            Place(_("Team"), "dialogues:team", also=("dialogues:handover",)),
            Place(_("Owners"), "dialogues:owners"),
            Place(_("Process diary"), "dialogues:log"),
            Place(
                _("To the register and archive"), "register:overview", also=("register:retention",)
            ),
            Place(_("Demand for e-ID"), "dialogues:identity", "edit_dialogue"),
            Place(
                _("Settings"),
                "dialogues:edit",
                "edit_dialogue",
                also=("dialogues:link", "dialogues:change_form", "dialogues:visibility"),
            ),
        ],
    ),
]


@register.simple_tag(takes_context=True)
def dialogue_menu(context: Context) -> Menu:
    """Give the menu of the page's dialogue; the longest address that fits is where one is."""
    may: Mapping[str, bool] = context.get("may") or {}
    key, path = context["dialogue"].public_id, str(context.get("page_path", ""))
    known = [
        (group, place, addresses)
        for group, places in PARTS
        for place in places
        if not place.right or may.get(place.right)
        if (addresses := addresses_of(place, key))
    ]
    fits = [
        (len(address), place)
        for _group, place, addresses in known
        for address in addresses
        if path.startswith(address)
    ]
    here = max(fits, key=lambda fit: fit[0], default=(0, OVERVIEW))[1]
    parts: dict[str | Promise, list[Link]] = {}
    for group, place, addresses in known:
        current = "" if place is not here else "page" if path == addresses[0] else "true"
        parts.setdefault(group, []).append(Link(place.label, addresses[0], current))
    return Menu([Part(label, links) for label, links in parts.items()], here.label)


def addresses_of(place: Place, key: str) -> list[str]:
    """Give a place's own address and those that belong to it; nothing where no app has it."""
    try:
        return [reverse(page, args=[key]) for page in (place.page, *place.also)]
    except NoReverseMatch:
        return []
