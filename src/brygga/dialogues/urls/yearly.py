"""The yearly plan of an organisation."""

from django.urls import include, path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.views.workspace import year_plan

in_organisation = [
    path("", year_plan.year_plans, name="year_plans"),
    path("<int:year>/", year_plan.year_plan, name="year_plan"),
    path("<int:year>/ny/", year_plan.planned_new, name="planned_new"),
    path("<int:year>/<public_id:public_id>/", year_plan.planned_edit, name="planned_edit"),
    path(
        "<int:year>/<public_id:public_id>/ta-bort/",
        year_plan.planned_remove,
        name="planned_remove",
    ),
]
pages = [path("arbetsyta/organisation/<slug:slug>/arsplan/", include(in_organisation))]
