from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from brygga.core.registry.cookies import Cookie
from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

HOLDS = (
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("What you tell us in a dialogue, in which language and about which place"),
        why=_("It is what the dialogue is for, and it is read together with what others say."),
        kept=_(
            "As the dialogue's decided rule says: kept for the archive, or disposed of after two "
            "or five years."
        ),
        where={
            "dialogues.Contribution": ("participant", "language", "text", "place", "state_reason"),
            "dialogues.OriginalText": ("contribution", "text"),
        },
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL),
    ),
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("A number and a mark of your receipt, without your name"),
        why=_("So that you, and only you, can see and change what you have said."),
        kept=_("The mark goes with what you said; then no receipt leads there."),
        where={
            "dialogues.Participant": ("secret_hash", "language"),
            "cookies": ("your return link to the dialogue",),
        },
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL),
    ),
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_(
            "Where a dialogue demands e-ID: a scrambled mark of your personal identity number, "
            "another one in each dialogue, never the number or your name"
        ),
        why=_("So that each person takes part once in that dialogue."),
        kept=_("The mark goes with what you said. What the e-ID answered is not kept."),
        where={
            "dialogues.Participant": ("person_mark",),
            "cookies": ("what we asked the e-ID, encrypted, for ten minutes",),
        },
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL),
    ),
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("What was decided about your text, why, and what you wrote about that decision"),
        why=_("So that you can have it assessed anew, and so that it can be checked afterwards."),
        kept=_("The words go with what you said. That a decision was made stays as a record."),
        where={
            "dialogues.ModerationEvent": ("contribution", "ground", "words", "note"),
            "dialogues.ModerationCase": ("contribution",),
        },
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL),
    ),
    PersonalData(
        whose=Whose.FOLLOWER,
        what=_("Your address and language, when you follow a dialogue"),
        why=_("So that we can tell you what happens in it."),
        kept=_("Until you stop following; at the latest when the dialogue is disposed of."),
        where={"dialogues.Follower": ("email", "language", "secret_hash")},
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL, Hook.BY_HAND),
    ),
    PersonalData(
        whose=Whose.STAFF,
        what=_("Your place in a dialogue's team, and what you did and wrote there in office"),
        why=_("So that it can be seen who answered for what."),
        kept=_("Stays as a record. Your name leaves it when your account is erased."),
        where={
            "dialogues.TeamMember": ("user",),
            "dialogues.Contribution": ("entered_by",),
            "dialogues.Perspective": ("created_by",),
            "dialogues.PublishedResult": ("published_by",),
            "dialogues.Insight": ("created_by",),
            "dialogues.InvitationText": ("written_by",),
            "dialogues.Mandate": ("feedback_owner",),
            "dialogues.ModerationCase": ("assigned_to", "first_decided_by", "closed_by"),
            "dialogues.ModerationEvent": ("by",),
            "dialogues.ContributionMerge": ("merged_by", "undone_by"),
            "dialogues.MandatePeriod": ("set_by",),
            "dialogues.MandateConfirmation": ("by",),
            "dialogues.DialogueTemplate": ("created_by",),
            "dialogues.ChecklistItem": ("done_by",),
            "dialogues.ProcessLogEntry": ("by",),
            "dialogues.Handover": ("leaver", "successor", "note"),
            "dialogues.JointInvitation": ("asked_by", "answered_by", "word", "answer"),
            "dialogues.Activity": ("responsible",),
            "dialogues.PlannedMessage": ("responsible",),
            "dialogues.PlanMove": ("by",),
            "dialogues.SetAsideGroup": ("by",),
        },
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("Who commissions and steers a dialogue, and which manager gets its result"),
        why=_("So that everybody can see who is responsible."),
        kept=_("Stays as a record of the dialogue's mandate."),
        where={"dialogues.Mandate": ("commissioner", "steering_group", "feeds_manager")},
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("What we have understood from what people said, and the diary of the work"),
        why=_("They are the dialogue's result and its reasons."),
        kept=_("What is published stays for the archive. Drafts are disposed of."),
        where={
            "dialogues.Perspective": ("title", "text", "contributions"),
            "dialogues.Insight": ("text", "explanation", "state_reason", "contributions"),
            "dialogues.ProcessLogEntry": ("text", "reason"),
        },
        emptied_by=(Hook.DISPOSAL, Hook.BY_HAND),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("How we reach an organisation or a group: a name and a way, never what you think"),
        why=_("So that those whom the matter concerns are invited."),
        kept=_("Until the day that is set for the contact; at the latest when it is disposed of."),
        where={"dialogues.ActorContact": ("name", "way")},
        emptied_by=(Hook.DISPOSAL, Hook.BY_HAND, "dialogues.dispose_of_contacts"),
    ),
)
EXCUSED = (
    Excused(
        "the organisation's own words about the matter, published in its name",
        {
            "dialogues.Dialogue": (
                "slug",
                "title",
                "summary",
                "background",
                "sort_key",
                "place_name",
                "notice",
                "opinion_to",
                "opinion_how",
                "information_reason",
                "cancel_reason",
                "cancel_feedback",
                "search",
                "search_trigrams",
            ),
            "dialogues.DialogueLink": ("how",),
            "dialogues.IdentityDemand": ("reason", "legal_ground", "salt"),
            "dialogues.Document": ("file", "title"),
            "dialogues.InvitationText": ("heading", "text"),
            "dialogues.Mandate": (
                "fixed_by_law",
                "fixed_by_money",
                "fixed_by_decisions",
                "resources",
                "open_to_influence",
                "feeds_what",
                "feedback_promise",
                "start_dnr",
                "children_heard",
                "information_text",
                "assessment_reference",
                "no_assessment_reason",
            ),
            "dialogues.MandateConfirmation": ("dnr",),
            "dialogues.DialogueTemplate": ("name", "content"),
            "dialogues.Step": ("exit_criteria", "public_text"),
            "dialogues.Theme": ("code", "name_sv", "name_en"),
            "dialogues.PlannedDialogue": ("issue", "note"),
        },
    ),
    Excused(
        "the name of a tool or a check",
        {
            "dialogues.Contribution": ("tool",),
            "dialogues.PublishedResult": ("tool",),
            "dialogues.ChecklistItem": ("code",),
        },
    ),
    Excused(
        "organisations, roles and groups, and the plan of the work; there is no field for a person",
        {
            "dialogues.Actor": (
                "name",
                "sort_key",
                "relation",
                "how_affected",
                "reached_how",
                "forgotten_code",
            ),
            "dialogues.Obstacle": ("text", "measure"),
            "dialogues.SetAsideGroup": ("code", "reason"),
            "dialogues.Activity": (
                "title",
                "purpose",
                "place",
                "languages",
                "accessibility",
                "state_reason",
                "starter_code",
            ),
            "dialogues.PlannedMessage": ("to_whom", "text", "starter_code"),
            "dialogues.PlanMove": ("moved",),
            "dialogues.ProcessLogEntry": ("tool_subject",),
        },
    ),
    Excused(
        "numbers of groups of at least five, and how they were reckoned",
        {"dialogues.PublishedResult": ("title", "method", "method_version", "numbers")},
    ),
    Excused(
        "numbers of rows that were joined",
        {
            "dialogues.ContributionMerge": (
                "merged",
                "kept",
                "perspectives_added",
                "insights_added",
            )
        },
    ),
)
COOKIES = (
    Cookie(
        name="brygga_deltar_*",
        what_for=_(
            "Knows that it is the same person who goes on answering, one cookie for each dialogue"
        ),
        when=_("When you first answer or write"),
        how_long=_("400 days"),
        life=timedelta(days=400),
    ),
    Cookie(
        name="brygga_legitimering",
        what_for=_("Knows what we asked when you show by e-ID who you are, encrypted"),
        when=_("When you choose an e-ID, where a dialogue demands it"),
        how_long=_("Ten minutes, or until you come back"),
        life=timedelta(minutes=10),
    ),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED, COOKIES)
