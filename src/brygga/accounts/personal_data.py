"""Accounts, and what allauth and Django keep for them."""

from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

HOLDS = (
    PersonalData(
        whose=Whose.STAFF,
        what=_("Your account: name, work address and language"),
        why=_("So that you can sign in, and so that others see who does what."),
        kept=_(
            "As long as you have a role. When the account is erased, a row without a name is left."
        ),
        where={
            "accounts.User": ("email", "name", "sort_key", "language", "password"),
            "account.EmailAddress": ("user", "email"),
            "account.EmailConfirmation": ("key",),
        },
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("How you sign in: codes, keys and links, never in clear text"),
        why=_("So that nobody else can sign in as you."),
        kept=_("Until they expire or you take them away."),
        where={
            "accounts.SignInLink": ("user", "secret_hash"),
            "mfa.Authenticator": ("user", "data"),
            "socialaccount.SocialAccount": ("user", "provider", "uid", "extra_data"),
            "socialaccount.SocialToken": ("app", "account", "token", "token_secret"),
            "cookies": ("session", "security token"),
        },
        emptied_by=(Hook.ERASURE, Hook.BY_HAND, "accounts.forget_expired"),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Where you are signed in: kind of device and times, no network address"),
        why=_("So that you can see it and sign out everywhere."),
        kept=_("Until you sign out or the session ends."),
        where={
            "accounts.UserSession": ("session_key", "session_data", "user", "public_id", "device")
        },
        emptied_by=(Hook.ERASURE, Hook.BY_HAND, "accounts.forget_expired"),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Where you belong and which roles you have, and had"),
        why=_("They decide what you may do, and show who was in charge when."),
        kept=_("Stays as a record. Your name leaves it when your account is erased."),
        where={"accounts.Membership": ("user",), "accounts.RoleAssignment": ("membership",)},
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Invitations to have an account: your address, the role and who invited you"),
        why=_("So that the right person gets in."),
        kept=_("Open for 14 days. The address goes when you ask for it."),
        where={"accounts.Invitation": ("email", "language", "secret_hash", "invited_by")},
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Your own address for reading dates in a calendar"),
        why=_("So that your calendar can fetch your dates."),
        kept=_("Until you take it away."),
        where={"accounts.CalendarLink": ("user", "secret_hash")},
        emptied_by=(Hook.ERASURE, Hook.BY_HAND),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("The registrar's address of a body"),
        why=_("Records are sent to it."),
        kept=_("Until the organisation changes it."),
        where={"accounts.Body": ("registrar_email",)},
        emptied_by=(Hook.BY_HAND,),
    ),
)
EXCUSED = (
    Excused(
        "about an organisation or one of its bodies, which are not people",
        {
            "accounts.Organisation": (
                "name",
                "sort_key",
                "slug",
                "municipality_code",
                "region_code",
                "organisation_number",
                "accent",
                "logo",
            ),
            "accounts.Body": ("name", "sort_key", "dnr_series"),
        },
    ),
    Excused(
        "how an organisation's own login is set up",
        {
            "accounts.OwnLogin": ("issuer", "client_id", "secret_kept", "role_claim"),
            "accounts.SamlFacts": (
                "metadata_url",
                "metadata_signer",
                "sign_in_at",
                "certificates",
                "certificate",
                "key_kept",
            ),
            "accounts.LoginDomain": ("domain",),
            "accounts.LoginRole": ("value",),
            "socialaccount.SocialApp": (
                "provider",
                "provider_id",
                "name",
                "client_id",
                "secret",
                "key",
                "settings",
            ),
        },
    ),
    Excused(
        "names of Django's own kinds and rights; nobody is put in a group",
        {
            "auth.Permission": ("name", "codename"),
            "auth.Group": ("name",),
            "contenttypes.ContentType": ("app_label", "model"),
        },
    ),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED)
