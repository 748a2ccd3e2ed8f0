from django.utils.translation import gettext_lazy as _

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
    excused=(
        Excused(
            "about the meeting, not about those who come",
            {"attendance.Gathering": ("owner_kind", "owner_id", "title", "secret_hash")},
        ),
    ),
)
