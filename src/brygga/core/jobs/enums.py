from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped by a fault")
    CANCELLED = "cancelled", _("Called off")


UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
