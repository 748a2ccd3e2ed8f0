from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.STAFF,
            what=_("What you have typed into a form and not yet sent"),
            why=_("So that nothing is lost when you are interrupted."),
            kept=_("30 days, or until you send the form or throw the draft away."),
            where={"editing.Draft": ("user", "form", "subject", "typed")},
            emptied_by=("editing.forget", Hook.ERASURE, Hook.BY_HAND),
        ),
        PersonalData(
            whose=Whose.STAFF,
            what=_("That you have a form open right now"),
            why=_("So that two people do not write over each other."),
            kept=_("One day."),
            where={"editing.Presence": ("user", "place")},
            emptied_by=("editing.forget", Hook.ERASURE),
        ),
    ),
)
