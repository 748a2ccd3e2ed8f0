"""How allauth signs our people in: only those who have been invited, by code."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from brygga.core.limits.requests import address_of


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 – allauth calls it by name
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, object] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Leave out what our pages say themselves: that a code is sent, that one is signed in."""
        if message_template is None:
            super().add_message(request, level, None, message_context, extra_tags, message)
