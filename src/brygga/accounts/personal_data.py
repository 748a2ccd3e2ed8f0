"""Accounts, and what allauth and Django keep for them."""

from datetime import timedelta

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie
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
    PersonalData(
        whose=Whose.NAMED,
        what=_("Whom to turn to in an organisation, and who does what there"),
        why=_("So that people know whom to ask. A name stands there only if it was chosen."),
        kept=_("Until the organisation changes it."),
        where={
            "accounts.OrganisationPage": (
                "desk_name",
                "desk_email",
                "desk_phone",
                "protection_name",
                "protection_email",
            ),
            "accounts.DialogueFunction": ("title", "does", "person"),
            "accounts.AccessibilityStatement": ("contact_email", "contact_phone"),
        },
        emptied_by=(Hook.BY_HAND,),
    ),
    PersonalData(
        whose=Whose.READER,
        what=_("What you reported that you could not use, and your address if you left it"),
        why=_("So that we can mend it, and answer you."),
        kept=_("The address goes 90 days after the answer. The report stays without it."),
        where={"accounts.AccessibilityReport": ("email", "language", "text", "page", "answer")},
        emptied_by=(Hook.ERASURE, "accounts.forget_expired"),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Who published principles, and who answered a reported obstacle"),
        why=_("So that it can be seen who answered for what."),
        kept=_("Stays as a record. Your name leaves it when your account is erased."),
        where={
            "accounts.Principles": ("published_by",),
            "accounts.AccessibilityReport": ("answered_by",),
        },
        emptied_by=(Hook.ERASURE,),
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
            "accounts.OrganisationPage": ("lead",),
            "accounts.Principles": ("text", "dnr"),
            "accounts.AccessibilityStatement": ("tested_how",),
            "accounts.AccessibilityShortcoming": ("what", "why", "instead"),
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
            "accounts.EidBroker": (
                "name",
                "text",
                "issuer",
                "client_id",
                "secret_kept",
                "person_claim",
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
HOURS_SIGNED_IN = settings.SESSION_COOKIE_AGE // 3600
DAYS_SIGNED_IN = HOURS_SIGNED_IN // 24
COOKIES = (
    Cookie(
        name=settings.SESSION_COOKIE_NAME,
        what_for=_("Keeps you signed in"),
        when=_("When you sign in"),
        how_long=format_lazy(_("Until you sign out, at most {days} days"), days=DAYS_SIGNED_IN)
        if DAYS_SIGNED_IN > 1
        else format_lazy(_("Until you sign out, at most {hours} hours"), hours=HOURS_SIGNED_IN),
        life=timedelta(seconds=settings.SESSION_COOKIE_AGE),
    ),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED, COOKIES)
