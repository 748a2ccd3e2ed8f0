"""What the process leader prepares, hands out and hands over."""

from django.urls import path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.views.workspace import (
    copying,
    handovers,
    joint,
    joint_ending,
    kit,
    periods,
    starters,
    visibility,
)

of_dialogue = [
    path("inbjudan/", kit.kit, name="kit"),
    path("inbjudan/<slug:language>/", kit.kit, name="kit_in"),
    path("inbjudan/<slug:language>/<slug:kind>/", kit.kit_edit, name="kit_edit"),
    path("inbjudan/<slug:language>/<slug:kind>/visa/", kit.kit_preview, name="kit_preview"),
    path("inbjudan/<slug:language>/fil/<str:name>", kit.kit_download, name="kit_download"),
    path("kopiera/", copying.copy, name="copy"),
    path("mall/", starters.template_save, name="template_save"),
    path("synlighet/", visibility.visibility, name="visibility"),
    path("agare/", joint.owners, name="owners"),
    path("agare/<public_id:body_id>/avsluta/", joint_ending.owner_end, name="owner_end"),
    path("overlamning/", handovers.handover, name="handover"),
    path("uppdrag/bekrafta/", periods.mandate_confirm, name="mandate_confirm"),
]

pages = [
    path(
        "arbetsyta/overlamningar/<public_id:public_id>/",
        handovers.handover_answer,
        name="handover_answer",
    ),
    path(
        "arbetsyta/overlamningar/<public_id:public_id>/anteckning.pdf",
        handovers.handover_pdf,
        name="handover_pdf",
    ),
    path("arbetsyta/inbjudningar/<public_id:public_id>/", joint.joint_answer, name="joint_answer"),
    path("arbetsyta/mandatperioder/<slug:slug>/", periods.periods, name="periods"),
    path("arbetsyta/mallar/", starters.templates, name="templates"),
    path(
        "arbetsyta/mallar/<public_id:public_id>/dra-tillbaka/",
        starters.template_retire,
        name="template_retire",
    ),
]
