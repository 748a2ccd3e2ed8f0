from django.utils.translation import gettext_lazy as _

from brygga.core.registry.personal_data import Declaration, Excused, Hook, PersonalData, Whose

PERSONAL_DATA = Declaration(
    holds=(
        PersonalData(
            whose=Whose.STAFF,
            what=_("Who started a long job, such as an import"),
            why=_("So that you can follow how far it has come."),
            kept=_("30 days after the job ended."),
            where={"jobs.Job": ("started_by", "language")},
            emptied_by=("jobs.forget", Hook.ERASURE),
        ),
    ),
    excused=(
        Excused(
            "names the work with its kind and public ids; sentences of ours with counts",
            {
                "jobs.Job": (
                    "kind",
                    "subject",
                    "key",
                    "title",
                    "message",
                    "back_url",
                    "result_url",
                ),
            },
        ),
        Excused(
            "names of tasks, and arguments that are numbers of rows and names of stored files",
            {
                "procrastinate.ProcrastinateJob": (
                    "queue_name",
                    "task_name",
                    "lock",
                    "args",
                    "queueing_lock",
                ),
                "procrastinate.ProcrastinatePeriodicDefer": ("task_name", "periodic_id"),
            },
        ),
    ),
)
