"""Which voices are counted in public: those that everybody reads, and those that stand in one."""

from django.db.models import Q

from brygga.dialogues.enums import ContributionState


def counted_in_public(path: str = "") -> Q:
    """Filter voices to count, `path` being the way to them, such as `contributions__`.

    It joins the merges, so count each voice once (`distinct=True`).
    """
    published = Q(**{f"{path}state": ContributionState.PUBLISHED})
    stands_in_another = Q(
        **{
            f"{path}state": ContributionState.MERGED,
            f"{path}merges__undone_at": None,
            f"{path}merges__kept__state": ContributionState.PUBLISHED,
        }
    )
    return published | stands_in_another
