from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

HOLDS = (
    PersonalData(
        whose=Whose.STAFF,
        what=_("Who answers for a promise, a measure or a commitment, and who wrote it down"),
        why=_("So that what was promised is done, and that it can be seen who answered for it."),
        kept=_("Stays as a record. Your name leaves it when your account is erased."),
        where={
            "outcomes.Decision": ("recorded_by",),
            "outcomes.DecisionAmendment": ("by",),
            "outcomes.Action": ("owner",),
            "outcomes.ActionUpdate": ("by",),
            "outcomes.FeedbackPromise": ("owner", "kept_by"),
            "outcomes.PromiseChange": ("by",),
        },
        emptied_by=(Hook.ERASURE,),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("The manager who decided, and who carries a measure out"),
        why=_("So that everybody can see who is responsible."),
        kept=_("Stays as a record of what was decided."),
        where={"outcomes.Decision": ("manager",), "outcomes.Action": ("who",)},
    ),
)
EXCUSED = (
    Excused(
        "what was proposed, decided, promised and done, in the organisation's own words",
        {
            "outcomes.Proposal": ("title", "text", "state_reason"),
            "outcomes.Decision": ("dnr", "title", "reasons", "appeal"),
            "outcomes.ProposalVerdict": ("reasons",),
            "outcomes.DecisionAmendment": ("text",),
            "outcomes.Action": ("what",),
            "outcomes.ActionUpdate": ("text",),
            "outcomes.FeedbackPromise": ("text", "kept_with"),
            "outcomes.PromiseChange": ("reason",),
        },
    ),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED)
