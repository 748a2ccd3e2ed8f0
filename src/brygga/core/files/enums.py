from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    PICTURE = "picture", _("Picture")
    DOCUMENT = "document", _("Document")
    AUDIO = "audio", _("Sound")
