"""An organisation's own login: how it is set up, and whom it lets in."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from brygga.accounts.enums import LoginKind, Role
from brygga.accounts.models import Membership, Organisation, RoleAssignment, User, UserSession
from brygga.accounts.models.own_login import LoginDomain, LoginRole, OwnLogin, SamlFacts
from brygga.accounts.models.secrets import encrypt
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.people import RoleTerm, assign_role, join, register_person
from brygga.core.audit.operations import record

# Addresses there belong to everybody's customers. The list is our own.
MAIL_FOR_ALL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.se",
        "live.com",
        "live.se",
        "msn.com",
        "yahoo.com",
        "yahoo.se",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "telia.com",
        "bredband.net",
        "comhem.se",
        "spray.se",
        "passagen.se",
        "tele2.se",
    ]
)


class DomainTakenError(RefusalError):
    reason = _("One of the domains belongs to the login of another organisation.")
    field = "domains"


class ForeignDomainError(RefusalError):
    reason = _("Write only domains in which your own e-mail address lies.")
    field = "domains"


class EveryonesDomainError(RefusalError):
    reason = _("Addresses in one of those domains belong to all sorts of people.")
    field = "domains"


class LoginIsOffError(RefusalError):
    reason = _("The login of the organisation is turned off.")


class MailNotVerifiedError(RefusalError):
    reason = _("The login does not say that your e-mail address has been checked.")


class OutsideDomainsError(RefusalError):
    reason = _("Your e-mail address does not belong to the organisation.")


class NoPlaceError(RefusalError):
    reason = _("You have no role there yet. Ask the owner of the organisation to invite you.")


@dataclass(frozen=True)
class LoginFacts:
    issuer: str
    client_id: str
    secret: str  # empty keeps the one that is there
    domains: tuple[str, ...]
    role_claim: str = ""
    roles: tuple[tuple[str, Role], ...] = ()
    is_on: bool = False
    kind: LoginKind = LoginKind.OIDC


@dataclass(frozen=True)
class Claims:
    """What a login has proved about somebody."""

    subject: str
    email: str
    is_verified: bool
    name: str = ""
    values: frozenset[str] = field(default_factory=frozenset)


@transaction.atomic
def save_own_login(
    *, organisation: Organisation, facts: LoginFacts, by: User, at: datetime
) -> OwnLogin:
    """Set the login up. With another issuer or client, nobody whom it knew is known any more."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    login = OwnLogin.objects.filter(organisation=organisation).first() or OwnLogin(
        organisation=organisation
    )
    kept = set(login.domains.values_list("domain", flat=True)) if login.pk else set()
    _refuse_domains(set(facts.domains) - kept, by)
    identity = ("kind", "issuer", "client_id")
    is_other = any(getattr(login, name) != getattr(facts, name) for name in identity)
    for name in (*identity, "role_claim", "is_on"):
        setattr(login, name, getattr(facts, name))
    if facts.secret:
        login.secret_kept = encrypt(facts.secret)
    if facts.kind == LoginKind.SAML:
        login.secret_kept = ""
    login.save()
    if facts.kind != LoginKind.SAML:
        SamlFacts.objects.filter(login=login).delete()
    _write_lists(login, facts)
    if is_other:
        SocialAccount.objects.filter(provider=login.public_id).delete()
    if is_other or not facts.is_on:
        UserSession.objects.filter(through=organisation).delete()
    record(action="own_login.saved", subject=organisation, by=by, at=at, fields=vars(facts))
    return login


def _refuse_domains(added: set[str], by: User) -> None:
    if added & MAIL_FOR_ALL:
        raise EveryonesDomainError
    if added - {by.email.rpartition("@")[2]}:
        raise ForeignDomainError


def _write_lists(login: OwnLogin, facts: LoginFacts) -> None:
    login.domains.exclude(domain__in=facts.domains).delete()
    there = set(login.domains.values_list("domain", flat=True))
    try:
        with transaction.atomic():
            for domain in facts.domains:
                if domain not in there:
                    LoginDomain.objects.create(login=login, domain=domain)
    except IntegrityError as error:
        raise DomainTakenError from error
    login.roles.all().delete()
    LoginRole.objects.bulk_create(
        LoginRole(login=login, value=value, role=role) for value, role in facts.roles
    )


@transaction.atomic
def admit(*, login: OwnLogin, claims: Claims, at: datetime) -> User:
    """Find whom a login speaks of, among its organisation's own people only."""
    if not login.is_on:
        raise LoginIsOffError
    if not claims.is_verified or "@" not in claims.email:
        raise MailNotVerifiedError
    email = claims.email.strip().lower()
    if not login.domains.filter(domain=email.rpartition("@")[2]).exists():
        raise OutsideDomainsError
    known = SocialAccount.objects.filter(provider=login.public_id, uid=claims.subject).first()
    user = known.user if known else User.objects.filter(email=email).first()
    given = _roles_given(login, claims)
    if user is None or not _is_member(user, login):
        user = _take_in(login, claims, email, user, given, at)
    _give_roles(user, login, given, at)
    if known is None:
        SocialAccount.objects.create(user=user, provider=login.public_id, uid=claims.subject)
        record(action="own_login.linked", subject=user, by=user, at=at)
    return user


def _is_member(user: User, login: OwnLogin) -> bool:
    return Membership.objects.filter(
        user=user, organisation=login.organisation_id, left_at=None
    ).exists()


def _roles_given(login: OwnLogin, claims: Claims) -> list[Role]:
    rows = login.roles.filter(value__in=claims.values).values_list("role", flat=True)
    return [Role(role) for role in sorted(set(rows))]


def _take_in(
    login: OwnLogin, claims: Claims, email: str, user: User | None, given: list[Role], at: datetime
) -> User:
    """Make somebody a member to whom the login gives a role; nobody else."""
    if not given:
        raise NoPlaceError
    user = user or register_person(email=email, name=claims.name, language="sv", by=None, at=at)
    join(user=user, organisation=login.organisation, by=None, at=at)
    return user


def _give_roles(user: User, login: OwnLogin, given: list[Role], at: datetime) -> None:
    if not given:
        return
    day = localdate(at)
    membership = Membership.objects.get(user=user, organisation=login.organisation_id)
    held = RoleAssignment.objects.valid_on(day).filter(membership=membership, body=None)
    for role in set(given) - set(held.values_list("role", flat=True)):
        assign_role(membership=membership, term=RoleTerm(role, day), by=None, at=at)
