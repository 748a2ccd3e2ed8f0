from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie
from brygga.core.registry.personal_data import Declaration
from brygga.core.ui import language, theme

PERSONAL_DATA = Declaration(
    cookies=(
        Cookie(
            name=settings.CSRF_COOKIE_NAME,
            what_for=_("Keeps other sites from sending forms in your name"),
            when=_("When a page has a form"),
            how_long=_("One year"),
            life=timedelta(seconds=settings.CSRF_COOKIE_AGE or 0),
        ),
        Cookie(
            name=settings.LANGUAGE_COOKIE_NAME,
            what_for=_("Remembers the language"),
            when=_("When you choose one"),
            how_long=_("One year"),
            life=timedelta(seconds=language.ONE_YEAR),
        ),
        Cookie(
            name=theme.COOKIE,
            what_for=_("Remembers light or dark"),
            when=_("When you choose one"),
            how_long=_("One year"),
            life=timedelta(seconds=theme.ONE_YEAR),
        ),
        Cookie(
            name="messages",
            what_for=_("Shows a message on the next page"),
            when=_("When you have sent something"),
            how_long=_("Until it is shown"),
            life=None,
        ),
    )
)
