from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.NAMED,
            what=_("Files: pictures, papers and sound, with their name and description"),
            why=_("They are part of a dialogue's background or of an organisation's page."),
            kept=_("As long as what they belong to; a removed file is gone within a day."),
            where={
                "files.StoredFile": ("name", "alternative", "stored_as", "thumbnail_stored_as"),
                "file store": ("the files themselves, and small pictures",),
            },
            emptied_by=(Hook.DISPOSAL, Hook.BY_HAND, "files.clear_orphans"),
        ),
        PersonalData(
            whose=Whose.STAFF,
            what=_("Who added a file"),
            why=_("So that it can be seen who answers for it."),
            kept=_("As long as the file. Your name leaves it when your account is erased."),
            where={"files.StoredFile": ("added_by",)},
            emptied_by=(Hook.ERASURE,),
        ),
    ),
    excused=(
        Excused(
            "which area the file belongs to, and what kind of file it is",
            {"files.StoredFile": ("owner_kind", "media_type")},
        ),
    ),
)
