from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgeBand(TextChoices):
    """Broad bands, our own; asked only where the gathering asks, and kept as numbers only."""

    CHILD = "child", _("Under 13")
    YOUTH = "youth", _("13–17")
    YOUNG = "young", _("18–29")
    ADULT = "adult", _("30–64")
    OLDER = "older", _("65 or older")
