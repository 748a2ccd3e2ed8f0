"""The desk, and one dialogue's pages on it."""

from django.urls import include, path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.urls import leading, planning
from brygga.dialogues.views.workspace import (
    calendar,
    cases,
    documents,
    identity,
    insights,
    life,
    mandate,
    moderation,
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
    path("dokument/", documents.documents, name="documents"),
    path("dokument/nya/", documents.document_new, name="document_new"),
    path("dokument/<public_id:document_id>/", documents.document_change, name="document_change"),
    path(
        "dokument/<public_id:document_id>/ta-bort/",
        documents.document_remove,
        name="document_remove",
    ),
    path("legitimering/", identity.identity, name="identity"),
    path("team/", people.team, name="team"),
    path("roster/", voices.contributions, name="contributions"),
    path("roster/nya/", voices.contribution_new, name="contribution_new"),
    path("roster/<public_id:contribution_id>/", voices.contribution, name="contribution"),
    path("granskning/", moderation.queue_of_dialogue, name="moderation"),
    path("granskning/nasta/", moderation.next_in_dialogue, name="moderation_next"),
    path("granskning/strikt/", moderation.strict_mode, name="strict_mode"),
    path("granskning/steg/", moderation.steps_taken, name="moderation_steps"),
    path("granskning/<public_id:contribution_id>/", cases.case, name="case"),
    path("granskning/<public_id:contribution_id>/till/", cases.assign_case, name="case_assign"),
    path("granskning/<public_id:contribution_id>/ihop/", cases.merge_into, name="case_merge"),
    path("granskning/<public_id:contribution_id>/isar/", cases.separate_from, name="case_separate"),
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
    *planning.of_dialogue,
]

pages = [
    *leading.pages,
    path("arbetsyta/", overview.today, name="today"),
    path("arbetsyta/kalender/", calendar.calendar_links, name="calendar_links"),
    path("arbetsyta/granskning/", moderation.whole_queue, name="queue"),
    path("arbetsyta/granskning/nasta/", moderation.next_of_all, name="queue_next"),
    path("arbetsyta/dialoger/", overview.dialogue_list, name="workspace_list"),
    path("arbetsyta/dialoger/ny/", overview.new, name="new"),
    path("arbetsyta/dialoger/<public_id:public_id>/", include(of_dialogue)),
]
