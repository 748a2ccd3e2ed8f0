from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn proposal")


class ActionKind(TextChoices):
    """A measure is carried out by the owners; a commitment may be made by anybody."""

    MEASURE = "measure", _("Measure")
    COMMITMENT = "commitment", _("Commitment")


class ActionState(TextChoices):
    PROMISED = "promised", _("Promised")
    STARTED = "started", _("Under way")
    DONE = "done", _("Done")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Will not be done")


ENDED = frozenset({ActionState.DONE, ActionState.DROPPED})


class Verdict(TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    ANSWERED = "answered", _("Answered")
    REFERRED_BACK = "referred_back", _("Referred back")
    POSTPONED = "postponed", _("Postponed")
    INVESTIGATED = "investigated", _("To be investigated")
    OVERTURNED = "overturned", _("Overturned on appeal")


class MinutesState(TextChoices):
    NOT_YET = "not_yet", _("Minutes not approved yet")
    APPROVED = "approved", _("Minutes approved")


class AmendmentKind(TextChoices):
    """What can happen to a decision after it has been published."""

    MINUTES_APPROVED = "minutes_approved", _("The minutes were approved")
    CORRECTED = "corrected", _("Corrected")
    OVERTURNED = "overturned", _("Overturned on appeal")


class PromiseState(TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")


class Standing(TextChoices):
    """How a promise stands on a day. Only `BROKEN` tells the public that it is late."""

    KEPT = "kept", _("Kept")
    OPEN = "open", _("Promised")
    LATE = "late", _("Late, not public yet")
    BROKEN = "broken", _("Late")
    ENDED = "ended", _("The dialogue was broken off")
