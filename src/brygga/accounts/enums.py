from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    REGION = "region", _("Region")
    MUNICIPALITY_AND_REGION = "municipality_and_region", _("Municipality and region")
    NATIONAL_BODY = "national_body", _("National body")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")


class RecordRules(TextChoices):
    """Which rules for public records an organisation follows."""

    AUTHORITY = "authority", _("Public authority")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")


class BodyKind(TextChoices):
    COUNCIL = "council", _("Municipal or regional council")
    EXECUTIVE_BOARD = "executive_board", _("Executive board")
    COMMITTEE = "committee", _("Committee")
    DRAFTING_COMMITTEE = "drafting_committee", _("Drafting committee")
    ADVISORY_COUNCIL = "advisory_council", _("Advisory council")
    COMPANY = "company", _("Company")
    OFFICE = "office", _("Office")


class LoginKind(TextChoices):
    OIDC = "oidc", "OpenID Connect"
    SAML = "saml", "SAML"


class Assurance(TextChoices):
    """The levels of the Swedish eID framework, least first."""

    LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2", _("Level 2")
    LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3", _("Level 3")
    LOA4 = "http://id.elegnamnden.se/loa/1.0/loa4", _("Level 4")


class Role(TextChoices):
    OWNER = "owner", _("Owner")
    PROCESS_LEADER = "process_leader", _("Process leader")
    OFFICIAL = "official", _("Official")
    ELECTED = "elected", _("Elected representative")
    EDITOR = "editor", _("Editor")
    HOST = "host", _("Dialogue host")
    REGISTRAR = "registrar", _("Registrar")
    SECRETARY = "secretary", _("Committee secretary")
    PRIVACY = "privacy", _("Handler of personal data")


class Audience(TextChoices):
    """Those whom a right can be given to without a role."""

    EVERYBODY = "everybody", _("Everybody")
    MEMBER = "member", _("Every member")


class Permission(TextChoices):
    SEE_ORGANISATION = (
        "accounts.see_organisation",
        _("See the organisation's bodies, people and roles"),
    )
    UPDATE_ORGANISATION = "accounts.update_organisation", _("Change the organisation's colour")
    MANAGE_BODIES = "accounts.manage_bodies", _("Add bodies and change them")
    INVITE = "accounts.invite", _("Invite people, and revoke and resend invitations")
    MANAGE_OWN_LOGIN = "accounts.manage_own_login", _("Connect the organisation's own login")
    ASSIGN_ROLES = "accounts.assign_roles", _("Give and end roles, and end memberships")
    EDIT_PAGE = "accounts.edit_page", _("Write the organisation's public page and yearly plan")
    ANSWER_ACCESSIBILITY = (
        "accounts.answer_accessibility",
        _("Write the accessibility statement and answer those who report obstacles"),
    )
    HANDLE_PERSONAL_DATA = (
        "accounts.handle_personal_data",
        _("Answer those who ask for their personal data or want them erased"),
    )


class ComplianceLevel(TextChoices):
    """How far pages meet the law's demands; the three levels that a statement chooses among."""

    FULLY = "fully", _("Fully compatible with the law")
    PARTLY = "partly", _("Partly compatible with the law")
    NOT = "not", _("Not compatible with the law")


class ShortcomingReason(TextChoices):
    NOT_YET = "not_yet", _("Not mended yet")
    BURDEN = "burden", _("It would be an unreasonable burden")
    EXEMPT = "exempt", _("The law makes an exception")


class ReportState(TextChoices):
    OPEN = "open", _("To be answered")
    ANSWERED = "answered", _("Answered")


class MailPermission(TextChoices):
    """Rights that the mail ledger asks for; it lies below and knows no organisations."""

    SEE_HEALTH = "mail.see_health", _("See which mail has failed, and send it again")
