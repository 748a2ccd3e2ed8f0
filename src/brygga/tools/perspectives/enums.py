from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class VoteValue(IntegerChoices):
    AGREE = 1, _("Agree")
    PASS = 0, _("Don't know, skip")
    DISAGREE = -1, _("Disagree")


class Moderation(TextChoices):
    BEFORE = "before", _("Read before publishing")
    AFTER = "after", _("Published at once, read afterwards")


class StatementState(TextChoices):
    WAITING = "waiting", _("Waits for review")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden with a reason")


class ResultVisibility(TextChoices):
    """When residents see what others have answered."""

    AFTER_ENOUGH = "after_enough", _("When one has answered enough statements")
    ALWAYS = "always", _("Always")
    TEAM_ONLY = "team_only", _("Only the team, until the process leader opens it")


class MapState(TextChoices):
    TOO_FEW = "too_few", _("Not enough votes yet")
    READY = "ready", _("Ready")


class PackageAccess(TextChoices):
    REVIEWER = "reviewer", _("A named reviewer")
    PUBLIC = "public", _("Published by the owning body's decision")
