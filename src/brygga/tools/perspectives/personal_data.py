from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

HOLDS = (
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("How you answered each statement, and statements that you wrote"),
        why=_("To see where people agree and where they do not. It may show political opinions."),
        kept=_("As the dialogue's decided rule says. Published numbers of groups stay."),
        where={
            "perspectives.VoteEvent": ("participant",),
            "perspectives.CurrentVote": ("participant",),
            "perspectives.Statement": ("text", "contribution", "state_reason"),
            "perspectives.ImportedVoter": ("voter_id", "participant"),
            "file store": ("an export from another service on its way in",),
        },
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL, "perspectives.forget_uploads"),
    ),
    PersonalData(
        whose=Whose.PARTICIPANT,
        what=_("Where you stand on the map of opinions, without your name"),
        why=_("The map shows groups; your own place is shown to you alone."),
        kept=_("As the dialogue's decided rule says."),
        where={"perspectives.OpinionMap": ("positions",)},
        emptied_by=(Hook.ERASURE, Hook.DISPOSAL),
    ),
    PersonalData(
        whose=Whose.NAMED,
        what=_("Who has been let in to check the reckoning, and by whom"),
        why=_("So that an outsider can check that we reckoned rightly."),
        kept=_("The name goes when the dialogue is disposed of."),
        where={
            "perspectives.PackageGrant": (
                "reviewer_name",
                "secret_hash",
                "check_note",
                "granted_by",
            )
        },
        emptied_by=(Hook.DISPOSAL, Hook.ERASURE),
    ),
)
EXCUSED = (
    Excused(
        "the organisation's own words about what it asks",
        {
            "perspectives.StatementRound": (
                "question",
                "introduction",
                "missing_voices",
                "attribution",
            ),
            "perspectives.PackageGrant": ("decision_dnr",),
        },
    ),
    Excused(
        "numbers of groups, and how they were reckoned",
        {"perspectives.OpinionMap": ("method", "method_version", "summary", "priorities")},
    ),
    Excused("a mark of a whole file", {"perspectives.VoteImport": ("fingerprint",)}),
)
PERSONAL_DATA = Declaration(HOLDS, EXCUSED)
