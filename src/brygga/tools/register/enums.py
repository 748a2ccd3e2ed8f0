from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(TextChoices):
    ALL = "all", _("Everything so far")
    NEW = "new", _("What is new or changed since the last time")


class PaperKind(TextChoices):
    PDF = "pdf", _("Paper for the archive (PDF/A)")
    XLSX = "xlsx", _("List (spreadsheet)")
    CSV = "csv", _("List (CSV)")


class RequestKind(TextChoices):
    EXPORT = "export", _("Wants to see what is held")
    ERASE = "erase", _("Wants to be erased")


class RequestState(TextChoices):
    OPEN = "open", pgettext_lazy("a request", "Open")
    DONE = "done", pgettext_lazy("a request", "Done")
    PARTLY = "partly", _("Done in part, with a reason")
    REFUSED = "refused", _("Refused, with a reason")
