from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.READER,
            what=_("How often something was done from one network address, as a number"),
            why=_("To stop attacks. The address itself is never kept."),
            kept=_("One day. Then the key that made the numbers is deleted."),
            where={"limits.LimitCounter": ("key",), "cache": ("sign-in attempts",)},
            emptied_by=(Hook.BY_ITSELF,),
        ),
    ),
    excused=(Excused("a random number of the day", {"limits.DailySalt": ("salt",)}),),
)
