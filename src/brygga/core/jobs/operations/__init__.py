"""Long jobs: `start_job` in a view's operation, `carry_out` in the task."""

from brygga.core.jobs.operations.cleaning import (
    fail_lost_jobs,
    forget_old_jobs,
    recover_stalled,
)
from brygga.core.jobs.operations.running import (
    JobCancelledError,
    JobFailedError,
    Outcome,
    Progress,
    Report,
    carry_out,
    told_to_nobody,
)
from brygga.core.jobs.operations.starting import Work, cancel_job, start_job

__all__ = [
    "JobCancelledError",
    "JobFailedError",
    "Outcome",
    "Progress",
    "Report",
    "Work",
    "cancel_job",
    "carry_out",
    "fail_lost_jobs",
    "forget_old_jobs",
    "recover_stalled",
    "start_job",
    "told_to_nobody",
]
