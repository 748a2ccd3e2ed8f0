from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DialogueForm(TextChoices):
    SIMPLE = "simple", _("Simple dialogue")
    AREA = "area", _("Area dialogue")
    COMPLEX = "complex", _("Complex issue")


class DialogueState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("a dialogue", "Published")
    INFORMATION = "information", _("Published as information")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Visibility(TextChoices):
    PUBLIC = "public", _("Open to everybody")
    INTERNAL = "internal", _("Internal to the organisation")


class PlaceKind(TextChoices):
    MUNICIPALITY = "municipality", _("The whole municipality or region")
    PART = "part", _("A part of it")
    POINT = "point", _("A point on the map")


class LadderLevel(IntegerChoices):
    """SKR's ladder of participation."""

    INFORMATION = 1, _("Information")
    CONSULTATION = 2, _("Consultation")
    DIALOGUE = 3, _("Dialogue")
    INFLUENCE = 4, _("Influence")
    SHARED_DECISION = 5, _("Shared decision")


class StepKind(TextChoices):
    """SKR's seven steps for complex issues; three plain ones for the other forms."""

    PREPARATION = "preparation", _("Preparation")
    PERSPECTIVES = "perspectives", _("Gathering perspectives")
    DIALOGUE = "dialogue", _("Dialogue, experiments and co-creation")
    PROPOSALS = "proposals", _("Proposals, measures and commitments")
    DECISION = "decision", _("Decision to carry out")
    IMPLEMENTATION = "implementation", _("Carrying out")
    CAPACITY = "capacity", _("Building capacity")
    BEFORE = "before", _("Before")
    DURING = "during", _("During")
    AFTER = "after", _("After")


AFTER_THE_DECISION = (StepKind.IMPLEMENTATION, StepKind.CAPACITY, StepKind.AFTER)


class StepState(TextChoices):
    COMING = "coming", _("Coming")
    CURRENT = "current", _("Under way")
    DONE = "done", _("Done")
    LEFT = "left", _("Left for an earlier step")


class TeamRole(TextChoices):
    OWNER = "owner", _("Owner")
    PROCESS_LEADER = "process_leader", _("Process leader")
    OFFICIAL = "official", _("Official")
    ELECTED = "elected", _("Elected representative")
    HOST = "host", _("Dialogue host")
    SECRETARY = "secretary", _("Committee secretary")
    REGISTRAR = "registrar", _("Registrar")


class FeedsKind(TextChoices):
    """What the dialogue feeds: nothing is a dialogue unless somebody will use it."""

    DECISION = "decision", _("A decision by a body")
    REPORT = "report", _("A report to a drafting committee by a date")
    MANAGER = "manager", _("A named manager")


class LegalGround(TextChoices):
    PUBLIC_TASK = "public_task", _("Task of public interest (GDPR 6.1 e)")
    CONSENT = "consent", _("Consent (GDPR 6.1 a)")


class RetentionClass(TextChoices):
    KEEP = "keep", _("Kept for the archive")
    TWO_YEARS = "two_years", _("Disposed of after two years")
    FIVE_YEARS = "five_years", _("Disposed of after five years")


class LogKind(TextChoices):
    CHOICE = "choice", _("Choice and reason")
    HAPPENED = "happened", _("What happened")
    LEARNT = "learnt", _("What we learnt")
    CORRECTION = "correction", _("Correction")
    FORM_CHANGED = "form_changed", _("Form changed")
    STEP_MOVED = "step_moved", _("Step moved")
    STEP_RETURNED = "step_returned", _("Return to an earlier step")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    VISIBILITY = "visibility", _("Shown to others")
    JOINT = "joint", _("Joint with another organisation")
    HANDED_OVER = "handed_over", _("Handed over")
    MANDATE_CONFIRMED = "confirmed", _("Mandate confirmed or ended")


class Channel(TextChoices):
    """How a voice reached us."""

    WEB = "web", _("On the web")
    INTERVIEW = "interview", _("Interview")
    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Phone call")
    LETTER = "letter", _("Letter or e-mail")
    OUTREACH = "outreach", _("Out among people")
    IMPORT = "import", _("Imported")


class ContributionState(TextChoices):
    WAITING = "waiting", _("Waits for review")
    PUBLISHED = "published", _("Published")
    INTERNAL = "internal", _("Kept for the team")
    HIDDEN = "hidden", _("Hidden with a reason")
    MERGED = "merged", _("Merged with another that says the same")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ERASED = "erased", _("Erased")


WITHDRAWABLE = frozenset(
    {
        ContributionState.WAITING,
        ContributionState.PUBLISHED,
        ContributionState.INTERNAL,
        ContributionState.MERGED,
    }
)


class CaseCause(TextChoices):
    """Why a contribution has to be read."""

    STRICT = "strict", _("Everything is read first")
    PERSONAL_DATA = "personal_data", _("It may tell who somebody is")
    REPORTED = "reported", _("Reported by a reader")
    NEW_ASSESSMENT = "new_assessment", _("New assessment asked for")
    SEPARATED = "separated", _("What it was merged with is gone")


class ModerationStep(TextChoices):
    OPENED = "opened", _("Put in the queue")
    ASSIGNED = "assigned", _("Assigned")
    DECIDED = "decided", pgettext_lazy("a contribution", "Decided")
    REPORTED = "reported", _("Reported")
    ASKED = "asked", _("New assessment asked for")
    MERGED = "merged", _("Merged")
    SEPARATED = "separated", _("Separated again")
    WITHDRAWN = "withdrawn", pgettext_lazy("a contribution", "Taken back by its author")


class InsightState(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("a dialogue", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("an insight", "Withdrawn")


class FollowerState(TextChoices):
    PENDING = "pending", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    ENDED = "ended", _("Ended")


class KitText(TextChoices):
    """What an invitation kit is made of, and how long each text may be."""

    LETTER = "letter", _("Letter")
    POSTER = "poster", _("Poster")
    WEB = "web", _("Text for the web")
    SHORT = "short", _("Short text for messages")


KIT_LIMITS = {KitText.LETTER: 4_000, KitText.POSTER: 500, KitText.WEB: 2_000, KitText.SHORT: 300}


class HandoverState(TextChoices):
    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class JointState(TextChoices):
    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Nobody answered in time")


class MandateVerdict(TextChoices):
    CONFIRMED = "confirmed", _("The mandate goes on")
    ENDED = "ended", _("The mandate ends")


class DocumentKind(TextChoices):
    BASIS = "basis", _("Background paper")
    INVITATION = "invitation", _("Invitation")
    NOTES = "notes", _("Notes from a meeting")
    PICTURE = "picture", _("Picture")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other")


class ActorKind(TextChoices):
    """Never a private person: one speaks for oneself, and is in nobody's map."""

    ORGANISATION = "organisation", _("Organisation")
    ROLE = "role", _("Role")
    GROUP = "group", _("Group")


class Affected(TextChoices):
    DIRECTLY = "directly", _("Directly")
    PARTLY = "partly", _("Partly")
    INDIRECTLY = "indirectly", _("Indirectly")


class ActivityKind(TextChoices):
    MEETING = "meeting", _("Meeting")
    WALK = "walk", _("Walk")
    INTERVIEWS = "interviews", _("Interviews")
    OUTREACH = "outreach", _("Out among people")
    WORKSHOP = "workshop", _("Workshop")
    SURVEY = "survey", _("Survey")
    FEEDBACK = "feedback", _("Feedback")
    TEAM = "team", _("The team's own work")


class ActivityState(TextChoices):
    PLANNED = "planned", pgettext_lazy("an activity", "Planned")
    DONE = "done", pgettext_lazy("an activity", "Done")
    CANCELLED = "cancelled", pgettext_lazy("an activity", "Cancelled")


class MessageChannel(TextChoices):
    """Through what the team tells people something."""

    WEB = "web", _("Web page")
    MAIL = "mail", _("E-mail")
    LETTER = "letter", _("Letter")
    POSTER = "poster", _("Poster")
    SOCIAL = "social", _("Social media")
    PRESS = "press", _("The press")
    MEETING = "meeting", _("At a meeting")
    PERSON = "person", _("By word of mouth")
    SMS = "sms", _("Text message")


# Languages that people speak with us, each by its own name.
LANGUAGES = [
    ("sv", "Svenska"),
    ("en", "English"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fit", "Meänkieli"),
    ("ku", "Kurdî"),
    ("pl", "Polski"),
    ("rom", "Romani"),
    ("se", "Davvisámegiella"),
    ("so", "Soomaali"),
    ("ti", "ትግርኛ"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("yi", "ייִדיש"),
]
