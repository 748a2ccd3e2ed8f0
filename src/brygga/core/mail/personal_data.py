from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.FOLLOWER,
            what=_("Letters that we have sent: address, subject, text and enclosed files"),
            why=_("So that each letter leaves once, and so that we can see whether it arrived."),
            kept=_("30 days after the letter was sent; a sign-in code for minutes."),
            where={
                "mail.Message": (
                    "recipient",
                    "language",
                    "context",
                    "unsubscribe_url",
                    "subject",
                    "body_text",
                    "body_html",
                ),
                "mail.Attachment": ("name", "content"),
                "mail folder": ("letters as files, where no mail server is set",),
            },
            emptied_by=(Hook.ERASURE, "mail.empty"),
        ),
        PersonalData(
            whose=Whose.FOLLOWER,
            what=_("A mark of an address that wants no letters, or whose letters came back"),
            why=_("So that we do not write again. The address cannot be read from the mark."),
            kept=_("Until you ask for letters again."),
            where={"mail.Suppression": ("address_hash",)},
            emptied_by=(Hook.BY_HAND,),
        ),
    ),
    excused=(
        Excused(
            "names the letter among ours, with numbers of rows and never an address",
            {"mail.Message": ("key", "kind", "message_id", "template", "claim")},
        ),
        Excused(
            "a kind of file",
            {"mail.Attachment": ("media_type",)},
        ),
        Excused(
            "the fault in our own words and the server's code, without the address",
            {"mail.Message": ("last_error",)},
        ),
    ),
)
