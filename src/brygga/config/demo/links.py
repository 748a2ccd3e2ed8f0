"""The addresses by which one walks into the demo as one of its people."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from brygga.accounts.operations.sign_in import make_sign_in_link
from brygga.config.demo.loading import find
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import read
from brygga.config.demo.voices import word_of
from brygga.dialogues.operations.participants import join

RESIDENT = "Invånare (Aminas kvitto)"


def make_links(*, town: Town, at: datetime) -> dict[str, str]:
    """Make a fresh link for each person that has one in the script, and the resident's receipt."""
    links = {
        each["link"]: make_sign_in_link(user=town.people[each["key"]], at=at)
        for each in read("municipality")["person"]
        if "link" in each
    }
    return links | {RESIDENT: settings.BRYGGA_ADDRESS + receipt_of_amina(at=at)}


def receipt_of_amina(*, at: datetime) -> str:
    """Give the return link of the resident whose own words the school's dialogue cites."""
    dialogue = find("school")
    assert dialogue
    amina = next(each for each in read("school")["own_words"] if each["voice"] == "amina")
    joined = join(dialogue=dialogue, language="sv", at=at, once=word_of(amina["person"]))
    return reverse("dialogues:receipt", args=[joined.secret])
