"""The desk, and one dialogue's pages on it."""

from django.urls import include, path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.urls import leading
from brygga.dialogues.views.workspace import (
    calendar,
    insights,
    life,
    mandate,
    overview,
    people,
    steps,
    voices,
)

of_dialogue = [
    *leading.of_dialogue,
    path("", overview.workspace, name="workspace"),
    path("redigera/", overview.edit, name="edit"),
    path("tidigare/", overview.link, name="link"),
    path("uppdrag/", mandate.mandate, name="mandate"),
    path("uppdrag/startkontroll/", mandate.start_check, name="start_check"),
    path("uppdrag/utskrift/", mandate.mandate_print, name="mandate_print"),
    path("uppdrag/uppdrag.pdf", mandate.mandate_pdf, name="mandate_pdf"),
    path("publicera/", life.publish, name="publish"),
    path("avsluta/", life.close, name="close"),
    path("avbryt/", life.cancel, name="cancel"),
    path("form/", life.change_form, name="change_form"),
    path("steg/<int:position>/", steps.step, name="step"),
    path("steg/<int:position>/redigera/", steps.step_edit, name="step_edit"),
    path("steg/<int:position>/lista/", steps.step_tick, name="step_tick"),
    path("steg/<int:position>/vidare/", steps.step_move, name="step_move"),
    path("steg/<int:position>/tillbaka/", steps.step_return, name="step_return"),
    path("team/", people.team, name="team"),
    path("dagbok/", people.log, name="log"),
    path("roster/", voices.contributions, name="contributions"),
    path("roster/nya/", voices.contribution_new, name="contribution_new"),
    path("roster/<public_id:contribution_id>/", voices.contribution, name="contribution"),
    path("perspektiv/", voices.perspectives, name="perspectives"),
    path("perspektiv/<public_id:perspective_id>/", voices.perspective, name="perspective"),
    path(
        "perspektiv/<public_id:perspective_id>/roster/",
        voices.perspective_link,
        name="perspective_link",
    ),
    path("slutsatser/", insights.insights, name="insights"),
    path("slutsatser/ny/", insights.insight_new, name="insight_new"),
    path("slutsatser/<public_id:insight_id>/", insights.insight_edit, name="insight_edit"),
    path("slutsatser/<public_id:insight_id>/lage/", insights.insight_state, name="insight_state"),
]

pages = [
    *leading.pages,
    path("arbetsyta/", overview.today, name="today"),
    path("arbetsyta/kalender/", calendar.calendar_links, name="calendar_links"),
    path("arbetsyta/dialoger/", overview.dialogue_list, name="workspace_list"),
    path("arbetsyta/dialoger/ny/", overview.new, name="new"),
    path("arbetsyta/dialoger/<public_id:public_id>/", include(of_dialogue)),
]
