from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from brygga.core.jobs.enums import UNDER_WAY
from brygga.core.jobs.kinds import kind_named
from brygga.core.jobs.models import Job


def get_job_for(user: AbstractBaseUser | AnonymousUser, public_id: str, *, at: datetime) -> Job:
    """Give a job to whom its kind lets see it, else to who started it; Http404 to all others."""
    job = Job.objects.filter(public_id=public_id).first()
    if job is None or isinstance(user, AnonymousUser):
        raise Http404
    may_see = kind_named(job.kind).may_see
    if not (may_see(user, job.subject, at) if may_see else job.started_by_id == user.pk):
        raise Http404
    return job


def may_be_cancelled(job: Job) -> bool:
    is_open = job.is_under_way and job.cancel_asked_at is None
    return is_open and kind_named(job.kind).can_be_cancelled


def latest_under_way(kind: str, subject: str) -> Job | None:
    """Give the job of a kind that is waiting or running for something, for a link on its page."""
    found = Job.objects.filter(kind=kind, subject=subject, state__in=UNDER_WAY)
    return found.order_by("-created_at", "-pk").first()
