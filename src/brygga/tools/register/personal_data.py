from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

HOLDS = (
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("What people said, in the files that were sent to the register"),
        why=_("What comes in to an authority is a public record and is registered."),
        kept=_(
            "Here as the dialogue's decided rule says. In the register the authority's own rules "
            "hold: what was registered stays there after it has been erased here."
        ),
        where={"register.Paper": ("content",)},
        emptied_by=(Hook.DISPOSAL,),
    ),
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("That you asked for your data or for erasure: address, how we knew you, our answer"),
        why=_("So that you get an answer within a month, and that it can be checked."),
        kept=_("The address goes when an erasure is decided. That you asked stays as a record."),
        where={
            "register.DataRequest": ("email", "participant", "identity_note", "reason", "counts")
        },
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Who sent to the register, entered its number, stopped a disposal or answered"),
        why=_("So that it can be seen who answered for it."),
        kept=_("Stays as a record. Your name leaves it when your account is erased."),
        where={
            "register.Delivery": ("asked_by", "dnr_by"),
            "register.NumberChange": ("by",),
            "register.DataRequest": ("decided_by",),
            "register.RetentionPlan": ("held_by",),
        },
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("The registrar's address that a delivery was sent to"),
        why=_("So that it can be seen where the records went."),
        kept=_("Stays as a record of the delivery."),
        where={"register.Delivery": ("sent_to",)},
    ),
)
EXCUSED = (
    Excused(
        "codes, counts and keyed marks of what a delivery holds",
        {
            "register.Delivery": ("left_out", "counts", "digests"),
            "register.Paper": ("name", "media_type", "sha256"),
            "register.RetentionLog": ("decision", "counts"),
        },
    ),
    Excused(
        "a register number, and why it was corrected or a disposal was stopped",
        {
            "register.Delivery": ("dnr",),
            "register.NumberChange": ("before", "after", "reason"),
            "register.RetentionPlan": ("dnr", "held_reason"),
        },
    ),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED)
