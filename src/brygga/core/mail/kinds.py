"""What each kind of letter is called on the mail-health page; apps tell in `AppConfig.ready`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACCOUNT = "account"
_labels: dict[str, str | Promise] = {ACCOUNT: _("Sign-in and account")}


def name_kind(kind: str, label: str | Promise) -> None:
    _labels[kind] = label


def label_of(kind: str) -> str:
    return str(_labels.get(kind, kind))
