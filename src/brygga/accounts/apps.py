from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "brygga.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Models are loaded first.
        from brygga.accounts.operations import undoing  # noqa: PLC0415 – see above
        from brygga.accounts.operations.erasure import erase_person  # noqa: PLC0415 – see above
        from brygga.accounts.operations.organisations import LOGO  # noqa: PLC0415 – see above
        from brygga.accounts.operations.own_data import (  # noqa: PLC0415 – see above
            export_person,
        )
        from brygga.accounts.queries import (  # noqa: PLC0415 – see above
            accessibility,
            is_logo,
            today_items,
        )
        from brygga.core.mail.kinds import name_kind  # noqa: PLC0415 – see above
        from brygga.core.registry import PersonArea, registry  # noqa: PLC0415 – see above
        from brygga.core.undo.offers import offer_undo  # noqa: PLC0415 – see above

        registry.offer_today("accounts", today_items)
        registry.offer_person("accounts", offer=PersonArea(export_person, erase_person))
        registry.offer_file_rights(LOGO, lambda _reader, key, _at: is_logo(key))
        registry.offer_today("accessibility", accessibility.today_items)
        name_kind("accessibility", _("Obstacles on pages, and the answers"))
        offer_undo(undoing.REMOVED, undoing.put_back)
        name_kind("invitation", _("Invitations"))
