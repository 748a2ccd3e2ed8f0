"""How allauth signs our people in: only those who have been invited, by code."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from brygga.accounts.models import User
from brygga.accounts.models.session import SEEN_AT, SIGNED_IN_AT, THROUGH
from brygga.accounts.operations.second_factor import note_second_factor_change
from brygga.accounts.queries import person_with_address
from brygga.core.limits.requests import address_of
from brygga.core.mail.kinds import ACCOUNT
from brygga.core.mail.operations import queue_rendered_secret

CODE_SENT = "account/messages/login_code_sent.txt"
LETTER = "account/email/login_code"


# Who adds one has just shown that they have it.
ADDED = {"mfa/email/totp_activated": "totp", "mfa/email/webauthn_added": "webauthn"}


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 – allauth calls it by name
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def get_login_stages(self) -> list[str]:
        own = "brygga.accounts.adapter.stages.SecondStepStage"
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [own if stage == theirs else stage for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Bind the session to the organisation whose own login was used, or to none."""
        for name in (THROUGH, SIGNED_IN_AT, SEEN_AT):
            request.session.pop(name, None)
        if sociallogin := (kwargs["signal_kwargs"] or {}).get("sociallogin"):
            request.session[THROUGH] = sociallogin.provider.login.organisation_id
        answer: HttpResponse = super().post_login(request, user, **kwargs)
        return answer

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002 – allauth's signature
        email: str | None = None,  # noqa: ARG002 – allauth's signature
    ) -> None:
        """Act on what allauth wants to tell somebody of: here, that a second factor changed."""
        if template_prefix in ADDED:
            record_authentication(
                self.request, user, "mfa", type=ADDED[template_prefix], reauthenticated=True
            )
        if template_prefix.startswith("mfa/"):
            note_second_factor_change(user=user, by=self.request.user, at=timezone.now())

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Leave out what our pages say themselves, such as that a code is on its way.

        allauth calls this after each letter, also where it has sent none since nobody has such an
        account. The same work is then done in vain, so that the time tells nobody either.
        """
        if message_template is None:
            super().add_message(request, level, None, message_context, extra_tags, message)
        elif message_template == CODE_SENT and message_context:
            address = message_context["email"]
            person = person_with_address(address.lower())
            if person is None or not person.is_active:
                self.write_in_vain(request, address)

    def write_in_vain(self, request: HttpRequest, address: str) -> None:
        context = {"request": request, "code": self.generate_login_code(), "email": address}
        letter = self.render_mail(LETTER, address, context)
        with transaction.atomic():
            queue_rendered_secret(
                kind=ACCOUNT,
                recipient=address,
                language=translation.get_language(),
                subject=letter.subject,
                body_text=str(letter.body),
                body_html="",
                at=timezone.now(),
            )
            transaction.set_rollback(True)
