from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from brygga.accounts.enums import Assurance, LoginKind, Role
from brygga.accounts.models.organisation import Organisation
from brygga.core.http import new_public_id


class OwnLogin(models.Model):
    """An organisation's own way to sign in, by OpenID Connect or SAML.

    Whom it knows are allauth's social accounts with `public_id` as their provider, so that an
    identity is always one organisation's, one issuer's and one subject's.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="own_login"
    )
    kind = models.CharField(max_length=10, choices=LoginKind, default=LoginKind.OIDC)
    issuer = models.CharField(max_length=300)  # in SAML the entity id, which may be a URN
    client_id = models.CharField(max_length=191, blank=True)
    secret_kept = models.TextField(blank=True)  # encrypted, and never shown
    role_claim = models.CharField(max_length=60, blank=True)
    is_on = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"The login of {self.organisation}"


class SamlFacts(models.Model):
    """What a login by SAML needs beside the rest, and the key pair with which we answer for us."""

    login = models.OneToOneField(OwnLogin, on_delete=models.CASCADE, related_name="saml")
    metadata_url = models.URLField(max_length=300, blank=True)
    metadata_signer = models.TextField(blank=True)  # a certificate; empty where nobody signs it
    sign_in_at = models.URLField(max_length=500)
    certificates = models.JSONField()  # those that may sign answers
    least_assurance = models.CharField(max_length=60, choices=Assurance, blank=True)
    key_kept = models.TextField()  # encrypted, and never shown
    certificate = models.TextField()

    def __str__(self) -> str:
        return f"SAML for {self.login}"


class LoginDomain(models.Model):
    """A domain whose addresses belong to one organisation's login, and to no other's."""

    login = models.ForeignKey(OwnLogin, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=190, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(domain=Lower("domain")), name="login_domain_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.domain


class LoginRole(models.Model):
    """A value of the claim that gives a role. Owners are made by owners only."""

    login = models.ForeignKey(OwnLogin, on_delete=models.CASCADE, related_name="roles")
    value = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["login", "value", "role"], name="login_role_once"),
            models.CheckConstraint(condition=~Q(role=Role.OWNER), name="login_role_makes_no_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.role}"
