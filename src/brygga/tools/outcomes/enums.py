from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class ActionKind(TextChoices):
    MEASURE = "measure", _("Measure")
    COMMITMENT = "commitment", _("Commitment")


class ActionState(TextChoices):
    PROMISED = "promised", _("Promised")
    STARTED = "started", _("Under way")
    DONE = "done", _("Done")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Will not be done")


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


class PromiseState(TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
