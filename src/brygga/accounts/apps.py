from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from brygga.core.mail.kinds import name_kind


class AccountsConfig(AppConfig):
    name = "brygga.accounts"
    label = "accounts"

    def ready(self) -> None:
        name_kind("invitation", _("Invitations"))
