from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from brygga.core.text import sort_key


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, *, at: datetime, name: str = "", language: str = "sv"
    ) -> "User":
        user = self.model(
            email=email.strip().lower(),
            name=name,
            sort_key=sort_key(name),
            language=language,
            joined_at=at,
        )
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. Residents who speak need no account."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    sort_key = models.CharField(max_length=400, db_collation="C", blank=True)
    language = models.CharField(max_length=12, default="sv")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    # What is true of the session in which this person acts, set by the middleware.
    session_key: str | None = None
    bound_to: int | None = None  # the organisation whose own login they came through
    is_weak = False  # their roles wait for a second factor
    # What the rules have read of their roles, kept while a page that only reads is made.
    roles_read: dict[date, Any] | None = None

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="user_email_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A new address ends every session, as Django lets a new password do."""
        return salted_hmac(
            "brygga.accounts.session",
            f"{self.password}\n{self.email}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class SignInLink(models.Model):
    """A secret address that signs one person in once; for the demo on one machine only."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Sign-in link of {self.user}"
