from django.urls import path

from brygga.core.jobs.views import workspace

app_name = "jobs"
JOB = "arbetsyta/jobb/<public_id:public_id>/"
urlpatterns = [
    path(JOB, workspace.job, name="job"),
    path(f"{JOB}flode/", workspace.stream, name="stream"),
    path(f"{JOB}avbryt/", workspace.cancel, name="cancel"),
]
