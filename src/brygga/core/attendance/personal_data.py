from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie
from brygga.core.registry.personal_data import Declaration, Excused, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.PARTICIPANT,
            what=_("A mark of your device when you check in at a meeting; never your name"),
            why=_("So that nobody is counted twice."),
            kept=_("30 days after the meeting. Then only the number of people is left."),
            where={"attendance.CheckIn": ("key_hash",)},
            emptied_by=("attendance.empty",),
        ),
    ),
    cookies=(
        Cookie(
            name="brygga_attendance",
            what_for=_("Knows your phone again, so that you are counted once at a meeting"),
            when=_("When you say that you are there"),
            how_long=_("One day"),
            life=timedelta(days=1),
        ),
    ),
    excused=(
        Excused(
            "a press on a host's button, hashed; and how many of each age came, tied to nobody",
            {"attendance.HandCount": ("key_hash",), "attendance.Gathering": ("ages",)},
        ),
        Excused(
            "about the meeting, not about those who come",
            {"attendance.Gathering": ("owner_kind", "owner_id", "title", "secret_hash")},
        ),
    ),
)
