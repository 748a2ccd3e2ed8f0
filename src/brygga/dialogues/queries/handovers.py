"""What goes over when the leader leaves, and the note that is written of it."""

from datetime import date, datetime
from pathlib import Path

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from brygga.accounts.models import User
from brygga.accounts.queries.letterhead import letterhead
from brygga.core.documents import compile_pdf
from brygga.dialogues.enums import ActivityState, HandoverState, LogKind
from brygga.dialogues.models import Activity, Dialogue, Handover
from brygga.dialogues.queries.access import get_current_step, in_reach
from brygga.dialogues.queries.documents import documents_of
from brygga.dialogues.queries.mandates import get_mandate
from brygga.dialogues.queries.people import team_of
from brygga.dialogues.queries.steps import checklist_of, log_of
from brygga.dialogues.registry import registry

TEMPLATE = Path(__file__).parent.parent / "papers" / "note.typ"


def suggest_note(dialogue: Dialogue, leaver: User, *, at: datetime) -> str:
    """Write where the dialogue stands now, for the successor; the leaver changes it freely."""
    today = localdate(at)
    parts = [
        _part(_("Where we are"), _where(dialogue)),
        _part(_("Next dates"), _dates(dialogue, today)),
    ]
    parts.append(_part(_("What goes over to you"), goes_over(dialogue, leaver)))
    team = [f"{member.user}: {member.get_role_display()}" for member in team_of(dialogue, on=today)]
    choices = log_of(dialogue).filter(kind=LogKind.CHOICE)[:5]
    parts.append(_part(_("Team"), team))
    papers = documents_of(dialogue).values_list("title", flat=True)[:10]
    parts.append(_part(_("Documents"), list(papers)))
    parts.append(_part(_("Latest choices in the diary"), [entry.text for entry in choices]))
    return "\n\n".join(part for part in parts if part)[:8_000]


def goes_over(dialogue: Dialogue, leaver: User) -> list[str]:
    """Tell what the leaver answers for here: the role, the mandate's promise, the tools' things."""
    lines = [_("The role as process leader")]
    return lines + registry.held_by(dialogue, leaver)


def waiting_of(dialogue: Dialogue) -> Handover | None:
    return (
        Handover.objects.filter(dialogue=dialogue, state=HandoverState.WAITING)
        .select_related("leaver", "successor")
        .first()
    )


def get_handover_for(user: User, public_id: str) -> Handover:
    """Give a handover to the two it is between; Http404 to everybody else."""
    handover = (
        Handover.objects.filter(in_reach(user), public_id=public_id)
        .select_related("dialogue__organisation", "leaver", "successor")
        .first()
    )
    if handover is None or user.pk not in {handover.leaver_id, handover.successor_id}:
        raise Http404
    return handover


def note_pdf(handover: Handover, *, at: datetime) -> bytes:
    title = _("Handover: %(dialogue)s") % {"dialogue": handover.dialogue.title}
    data = {
        "title": title,
        "owner": handover.dialogue.organisation.name,
        "logo": letterhead(handover.dialogue.organisation),
        "language": get_language() or "sv",
        "people": f"{handover.leaver} → {handover.successor}",
        "lines": handover.note.split("\n"),
    }
    return compile_pdf(TEMPLATE, data, at=at)


def _part(heading: str, lines: list[str]) -> str:
    return "\n".join([heading, *(f"– {line}" for line in lines)]) if lines else ""


def _where(dialogue: Dialogue) -> list[str]:
    step = get_current_step(dialogue)
    lines = [dialogue.get_state_display()]
    if step:
        lines.append(_("Step: %(step)s") % {"step": step.get_kind_display()})
        lines += [_("Left: %(what)s") % {"what": check.text} for check in checklist_of(step).unmet]
    return lines


def _dates(dialogue: Dialogue, today: date) -> list[str]:
    """List the days of step and mandate, and what stands in the team's calendar from today on."""
    mandate, step = get_mandate(dialogue), get_current_step(dialogue)
    days = (
        (_("The step ends"), step.last_day if step else None),
        (_("The answers are used"), mandate.feeds_on),
        (_("Feedback was promised by"), mandate.feedback_on),
    )
    own = [(what, day) for what, day in days if day]
    activities = Activity.objects.filter(dialogue=dialogue, ends_at__date__gte=today).exclude(
        state=ActivityState.CANCELLED
    )
    own += [(each.title, localdate(each.starts_at)) for each in activities.order_by("starts_at")]
    return [f"{what}: {date_format(day, 'DATE_FORMAT')}" for what, day in own[:15]]
