"""The door that the web server knocks on."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brygga.config.settings")
django = get_asgi_application()

from brygga.tools.perspectives.asgi import BallotBox  # noqa: E402 – Django is set up first

application = BallotBox(django)
