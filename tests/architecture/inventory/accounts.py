from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from brygga.accounts.enums import Role
from brygga.accounts.models import EidBroker, OwnLogin, SamlFacts, UserSession
from brygga.accounts.models.secrets import encrypt, hash_of
from tests.accounts.saml_idp import Idp
from tests.architecture.inventory.page import ANONYMOUS, EVERYBODY, SIGNED_IN, Page, own
from tests.architecture.inventory.world import NOW
from tests.factories.accounts import (
    BodyFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleAssignmentFactory,
)

SECRET = "a-secret-that-only-this-test-knows"
ALL = own(*Role)
OWNER = own(Role.OWNER)
KEEPERS = own(Role.OWNER, Role.REGISTRAR)
KEY = {"name": "Telefonen", "credential": {}}
SESSION = "wqrtzpsdfg"
LATER = NOW.replace(year=2126)


def organisation(world):
    return (world.own.slug,)


def member(world):
    return (world.own.slug, world.leader.memberships.get().public_id)


def role(world):
    return (world.own.slug, world.leader.memberships.get().roles.get().public_id)


def body(world):
    return (world.own.slug, world.body.public_id)


def invitation(world):
    made = InvitationFactory(organisation=world.own, body=world.body, expires_at=LATER)
    return (world.own.slug, made.public_id)


def secret(world):
    if not world.own.invitations.filter(secret_hash=hash_of(SECRET)).exists():
        InvitationFactory(organisation=world.own, secret_hash=hash_of(SECRET), expires_at=LATER)
    return (SECRET,)


def add_people(world, number):
    for _ in range(number):
        membership = MembershipFactory(organisation=world.own)
        RoleAssignmentFactory(membership=membership, body=world.body)


def add_bodies(world, number):
    BodyFactory.create_batch(number, organisation=world.own)


def add_invitations(world, number):
    InvitationFactory.create_batch(number, organisation=world.own, body=world.body)


def add_memberships(world, number):
    MembershipFactory.create_batch(number, user=world.people["own owner"])


def add_roles(world, number):
    membership = world.leader.memberships.get()
    for body in BodyFactory.create_batch(number, organisation=world.own):
        RoleAssignmentFactory(membership=membership, body=body)


def app(world):
    """Give our owner an app with codes."""
    owner = world.people["own owner"]
    if not owner.authenticator_set.exists():
        TOTP.activate(owner, "A" * 32)
        RecoveryCodes.activate(owner)
    return ()


def passkey(world):
    app(world)
    owner = world.people["own owner"]
    kind = Authenticator.Type.WEBAUTHN
    made, _ = Authenticator.objects.get_or_create(user=owner, type=kind, data=KEY)
    return (made.pk,)


def session(world):
    """A session of our owner's, made anew for each reader who tries to end it."""
    made = UserSession.objects.filter(public_id=SESSION).first()
    if made is None:
        add_session(world, SESSION)
    return (SESSION,)


def add_sessions(world, number):
    taken = UserSession.objects.count()
    for each in range(taken, taken + number):
        add_session(world, f"inventory{each}")


def add_session(world, public_id):
    UserSession.objects.create(
        session_key=public_id * 2,
        session_data="",
        expire_date=LATER,
        user=world.people["own owner"],
        public_id=public_id,
        signed_in_at=NOW,
        seen_at=NOW,
    )


def own_login(world):
    """A login at an address that Brygga does not call: it answers that it is not to be reached."""
    login, _ = OwnLogin.objects.get_or_create(
        organisation=world.own, issuer="https://127.0.0.1", client_id="brygga", is_on=True
    )
    return login


def with_login(world):
    own_login(world)
    return (world.own.slug,)


def own_login_id(world):
    return (own_login(world).public_id,)


def add_logins(_world, number):
    for organisation in OrganisationFactory.create_batch(number):
        OwnLogin.objects.create(organisation=organisation, issuer="https://127.0.0.1", is_on=True)


def broker(world):
    made, _ = EidBroker.objects.get_or_create(
        organisation=world.own, name="Berg", issuer="https://127.0.0.1", is_on=True
    )
    return made


def of_broker(world):
    return (world.own.slug, broker(world).public_id)


def saml_login(world):
    login = own_login(world)
    if not SamlFacts.objects.filter(login=login).exists():
        ours = Idp("ours")
        SamlFacts.objects.create(
            login=login,
            sign_in_at="https://login.example",
            certificates=[ours.bare_certificate],
            key_kept=encrypt(ours.key),
            certificate=ours.certificate,
        )
    return (login.public_id,)


PAGES = (
    Page("account_login", EVERYBODY, public=True, sent_on=SIGNED_IN),
    Page("account_request_login_code", EVERYBODY, public=True, sent_on=SIGNED_IN),
    Page("account_confirm_login_code", SIGNED_IN, answers=302),  # looked at in test_sign_in
    Page("mfa_login_webauthn", SIGNED_IN, answers=302),  # looked at in test_passkeys
    Page("account_logout", EVERYBODY, sent_on=frozenset({ANONYMOUS}), as_reader="own owner"),
    Page("account_inactive", EVERYBODY, public=True),
    Page("accounts:accept_invitation", EVERYBODY, secret, public=True),
    Page("accounts:profile", SIGNED_IN, fill=add_memberships, as_reader="own owner"),
    Page("accounts:own_login", OWNER, with_login),
    Page("accounts:saml_login", OWNER, with_login),
    Page("own_login_saml", EVERYBODY, saml_login, posts_only=True),
    Page("own_login_saml_finish", EVERYBODY, saml_login, public=True, answers=401),
    Page("own_login_metadata", EVERYBODY, saml_login, gives_file=True),
    Page("accounts:brokers", OWNER, with_login),
    Page("accounts:new_broker", OWNER, with_login),
    Page("accounts:edit_broker", OWNER, of_broker),
    Page("accounts:own_logins", EVERYBODY, public=True, fill=add_logins),
    Page("accounts:start_own_login", EVERYBODY, with_login, public=True, answers=424),
    Page("own_login_callback", EVERYBODY, own_login_id, public=True, answers=401),
    Page("accounts:sessions", SIGNED_IN, fill=add_sessions, as_reader="own owner"),
    Page("accounts:end_session", own(Role.OWNER), session, posts_only=True),
    Page("accounts:end_sessions", SIGNED_IN, posts_only=True),
    Page("mfa_index", SIGNED_IN),
    Page("mfa_activate_totp", SIGNED_IN),
    Page("mfa_list_webauthn", SIGNED_IN),
    Page("mfa_add_webauthn", SIGNED_IN),
    # What asks who it is once more is looked at in test_second_factor.
    Page("mfa_authenticate", SIGNED_IN, answers=302),
    Page("mfa_generate_recovery_codes", SIGNED_IN),
    Page("mfa_deactivate_totp", OWNER, app, answers=302),
    Page("mfa_view_recovery_codes", OWNER, app, answers=302),
    Page("mfa_download_recovery_codes", OWNER, app, answers=302),
    Page("mfa_edit_webauthn", OWNER, passkey, answers=302),
    Page("mfa_remove_webauthn", OWNER, passkey, answers=302),
    Page("account_reauthenticate", OWNER, app, answers=302, refused=SIGNED_IN - OWNER),
    Page("mfa_reauthenticate", OWNER, app, refused=SIGNED_IN - OWNER),
    Page("mfa_reauthenticate_webauthn", OWNER, app, answers=302, refused=SIGNED_IN - OWNER),
    Page("accounts:organisations", SIGNED_IN, fill=add_memberships, as_reader="own owner"),
    Page("accounts:organisation", ALL, organisation, fill=add_bodies),
    Page("accounts:logo", OWNER, organisation),
    Page("accounts:edit_organisation", OWNER, organisation),
    Page("accounts:bodies", ALL, organisation, fill=add_bodies),
    Page("accounts:new_body", KEEPERS, organisation),
    Page("accounts:edit_body", KEEPERS, body),
    Page("accounts:people", ALL, organisation, fill=add_people),
    Page("accounts:people", ALL, organisation, query="?q=nobody-is-called-so"),
    Page(
        "accounts:people",
        ALL,
        organisation,
        query="?export=csv",
        fill=add_people,
        gives_file=True,
    ),
    Page("accounts:person", ALL, member, fill=add_roles),
    Page("accounts:give_role", OWNER, member),
    Page("accounts:end_role", OWNER, role),
    Page("accounts:end_membership", OWNER, member),
    Page("accounts:invite", OWNER, organisation),
    Page("accounts:invitations", OWNER, organisation, fill=add_invitations),
    Page("accounts:resend_invitation", OWNER, invitation, posts_only=True),
    Page("accounts:revoke_invitation", OWNER, invitation, posts_only=True),
)
