"""Django's sessions in the database, with whose they are, so that a person can see and end them."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from brygga.accounts.models.organisation import Organisation
from brygga.accounts.models.user import User

# What a session holds beside what Django and allauth put there.
PUBLIC_ID = "brygga_id"
DEVICE = "brygga_device"
SIGNED_IN_AT = "brygga_signed_in_at"
SEEN_AT = "brygga_seen_at"
THROUGH = "brygga_signed_in_through"  # the organisation whose own login was used


class UserSession(AbstractBaseSession):
    """The columns are copies of what the session holds; no network address is kept."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    through = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, blank=True)
    device = models.CharField(max_length=60, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta(AbstractBaseSession.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["public_id"],
                condition=~models.Q(public_id=""),
                name="session_public_id_once",
            )
        ]

    @classmethod
    def get_session_store_class(cls) -> "type[SessionStore]":
        return SessionStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[UserSession]:
        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> UserSession:
        row: UserSession = super().create_model_instance(data)  # type: ignore[assignment]  # of our class
        if SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            row.through_id = data.get(THROUGH)
            row.public_id = data.get(PUBLIC_ID, "")
            row.device = data.get(DEVICE, "")
            row.signed_in_at = data.get(SIGNED_IN_AT)
            row.seen_at = data.get(SEEN_AT)
        return row

    def cycle_key(self) -> None:
        """Give the session a new key; the row with the old one leaves the public id first."""
        self.pop(PUBLIC_ID, None)
        super().cycle_key()
