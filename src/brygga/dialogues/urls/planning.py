"""One dialogue's actor map and plan on the desk."""

from django.urls import path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.views.workspace import activities, actors, check_in, diary, plan

ACTOR = "aktorer/<public_id:actor_id>/"
ACTIVITY = "plan/aktiviteter/<public_id:activity_id>/"
MESSAGE = "plan/budskap/<public_id:message_id>/"

of_dialogue = [
    path("aktorer/", actors.actors, name="actors"),
    path("aktorer/ny/", actors.actor_new, name="actor_new"),
    path("aktorer/saknas/", actors.actors_missing, name="actors_missing"),
    path(ACTOR, actors.actor, name="actor"),
    path(f"{ACTOR}redigera/", actors.actor_edit, name="actor_edit"),
    path(f"{ACTOR}hinder/", actors.actor_obstacle, name="actor_obstacle"),
    path(f"{ACTOR}kontakt/", actors.actor_contact, name="actor_contact"),
    path(f"{ACTOR}ta-bort/", actors.actor_remove, name="actor_remove"),
    path("dagbok/", diary.log, name="log"),
    path("dagbok/dagbok.pdf", diary.log_pdf, name="log_pdf"),
    path("dagbok/<int:entry_id>/ratta/", diary.log_correct, name="log_correct"),
    path("dagbok/<int:entry_id>/visa/", diary.log_choose, name="log_choose"),
    path("plan/", plan.plan, name="plan"),
    path("plan/forslag/", plan.plan_starter, name="plan_starter"),
    path("plan/flytta/", plan.plan_move, name="plan_move"),
    path("plan/angra/", plan.plan_undo, name="plan_undo"),
    path("plan/aktiviteter/ny/", activities.activity_new, name="activity_new"),
    path(ACTIVITY, activities.activity, name="activity"),
    path(f"{ACTIVITY}redigera/", activities.activity_edit, name="activity_edit"),
    path(f"{ACTIVITY}lage/", activities.activity_state, name="activity_state"),
    path(f"{ACTIVITY}incheckning/", check_in.check_in, name="check_in"),
    path(f"{ACTIVITY}incheckning/affisch/", check_in.poster, name="check_in_poster"),
    path("plan/budskap/ny/", activities.message_new, name="message_new"),
    path(MESSAGE, activities.planned_message, name="planned_message"),
    path(f"{MESSAGE}redigera/", activities.message_edit, name="message_edit"),
    path(f"{MESSAGE}lage/", activities.message_state, name="message_state"),
]
