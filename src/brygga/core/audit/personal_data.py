from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.STAFF,
            what=_("The log of who did what and when, without what was written"),
            why=_("So that it can be checked afterwards that everything was done rightly."),
            kept=_("Stays, since it is evidence. Your name leaves it when your account is erased."),
            where={"audit.AuditRow": ("by",)},
            emptied_by=(Hook.ERASURE,),
        ),
    ),
    excused=(
        Excused(
            "names of actions, kinds and fields, never content",
            {"audit.AuditRow": ("action", "subject_type", "fields")},
        ),
    ),
)
