"""Who wants to be told by e-mail what happens. Their links are signed and hold no address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.http import Http404

from brygga.dialogues.enums import FollowerState, Visibility
from brygga.dialogues.models import Dialogue, Follower
from brygga.dialogues.queries.access import insiders

CONFIRM_WITHIN = timedelta(days=3)
_CONFIRM = Signer(salt="brygga.follower.confirm", sep=".")
_END = Signer(salt="brygga.follower.end", sep=".")


@dataclass(frozen=True)
class AskedToFollow:
    """What a confirmation link leads to: somebody who asked, and whether the link still holds."""

    follower: Follower
    is_expired: bool
    is_used: bool


def confirm_token(follower: Follower) -> str:
    """Sign whom and which asking the link is for, so that a later asking ends an earlier one."""
    return _CONFIRM.sign(f"{follower.secret_hash}-{_seconds(follower.asked_at)}")


def end_token(follower: Follower) -> str:
    return _END.sign(follower.secret_hash)


def get_asked(token: str, *, at: datetime) -> AskedToFollow:
    """Read a confirmation link; raises Http404 for one that we did not make."""
    secret_hash, _, seconds = _unsign(_CONFIRM, token).partition("-")
    follower = _get(secret_hash)
    return AskedToFollow(
        follower=follower,
        is_expired=at - follower.asked_at > CONFIRM_WITHIN
        or seconds != str(_seconds(follower.asked_at)),
        is_used=follower.state != FollowerState.PENDING,
    )


def get_following(token: str) -> Follower:
    """Read a link that ends the following; it never expires. Raises Http404 for a forged one."""
    return _get(_unsign(_END, token))


def confirmed_followers(dialogue: Dialogue) -> QuerySet[Follower]:
    """List who is to be told; of an internal dialogue only those who are still insiders."""
    confirmed = dialogue.followers.filter(state=FollowerState.CONFIRMED).order_by("pk")
    if dialogue.visibility == Visibility.INTERNAL:
        return confirmed.filter(email__in=insiders(dialogue).values("email"))
    return confirmed


def may_be_written_to(dialogue: Dialogue, email: str) -> bool:
    """Tell whether letters about the dialogue may go to an address at all."""
    if dialogue.visibility == Visibility.PUBLIC:
        return True
    return insiders(dialogue).filter(email=email).exists()


def _get(secret_hash: str) -> Follower:
    follower = (
        Follower.objects.filter(secret_hash=secret_hash)
        .select_related("dialogue__organisation__logo")
        .first()
    )
    if follower is None:
        raise Http404
    return follower


def _unsign(signer: Signer, token: str) -> str:
    try:
        return signer.unsign(token)
    except BadSignature as error:
        raise Http404 from error


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
