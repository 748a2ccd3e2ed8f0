from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    DUE = "due", pgettext_lazy("letter", "Due")
    RENDERED = "rendered", pgettext_lazy("letter", "Rendered")
    QUEUED = "queued", pgettext_lazy("letter", "Queued")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    BOUNCED = "bounced", pgettext_lazy("letter", "Bounced")
    UNCERTAIN = "uncertain", pgettext_lazy("letter", "Uncertain")
    FAILED = "failed", pgettext_lazy("letter", "Failed")
    SUPPRESSED = "suppressed", pgettext_lazy("letter", "Suppressed")


WAITING = (State.DUE, State.RENDERED, State.QUEUED)
NEEDS_A_PERSON = (State.UNCERTAIN, State.FAILED)


class SuppressionReason(TextChoices):
    UNSUBSCRIBED = "unsubscribed", _("Wants nothing that can be unsubscribed from")
    REFUSED = "refused", _("Wants no mail at all")
    UNREACHABLE = "unreachable", _("The address does not exist")
