from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from brygga.core.mail.kinds import name_kind

FOLLOW_MAIL = "dialogues.follow"


class DialoguesConfig(AppConfig):
    name = "brygga.dialogues"
    label = "dialogues"

    def ready(self) -> None:
        name_kind(FOLLOW_MAIL, _("Letters about a dialogue to those who follow it"))
