"""The second step, which an organisation's own login has already taken care of."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class SecondStepStage(AuthenticateStage):
    def _should_handle(self, request: HttpRequest) -> bool:
        if (self.login.signal_kwargs or {}).get("sociallogin"):
            return False
        return bool(super()._should_handle(request))
