"""Carries the letter PK to the mail server at PORT, in a process of its own that can be killed."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must stand first

from tests.core.mail.conftest import TEMPLATES, server_at  # noqa: E402 - Django must stand first
from tests.core.mail.ledger import Message, carry  # noqa: E402 - Django must stand first

pk, port = map(int, sys.argv[1:])
settings.MAIL_SERVER = server_at(port)
settings.TEMPLATES[0]["DIRS"] = [TEMPLATES]
carry(Message.objects.get(pk=pk))
