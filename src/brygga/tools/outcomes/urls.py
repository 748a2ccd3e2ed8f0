from django.urls import include, path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.tools.outcomes.views import public
from brygga.tools.outcomes.views.workspace import (
    actions,
    briefing,
    decisions,
    promises,
    proposals,
)

app_name = "outcomes"

DIALOGUE = "dialoger/<slug:slug>-<public_id:public_id>/"

of_dialogue = [
    path("infor-motet/", briefing.briefing, name="briefing"),
    path("forslag/", proposals.proposals, name="proposals"),
    path("forslag/nytt/", proposals.proposal_new, name="proposal_new"),
    path("forslag/<public_id:proposal_id>/", proposals.proposal, name="proposal"),
    path("forslag/<public_id:proposal_id>/lage/", proposals.proposal_state, name="proposal_state"),
    path("atgarder/", actions.actions, name="actions"),
    path("atgarder/ny/", actions.action_new, name="action_new"),
    path("atgarder/<public_id:action_id>/", actions.action, name="action"),
    path(
        "atgarder/<public_id:action_id>/publicera/", actions.action_publish, name="action_publish"
    ),
    path(
        "atgarder/<public_id:action_id>/uppfoljning/", actions.action_update, name="action_update"
    ),
    path("beslut/", decisions.decisions, name="decisions"),
    path("beslut/nytt/", decisions.decision_new, name="decision_new"),
    path("beslut/<public_id:decision_id>/", decisions.decision_edit, name="decision_edit"),
    path(
        "beslut/<public_id:decision_id>/publicera/",
        decisions.decision_publish,
        name="decision_publish",
    ),
    path(
        "beslut/<public_id:decision_id>/andring/", decisions.decision_amend, name="decision_amend"
    ),
    path("loften/", promises.promises, name="promises"),
    path("loften/nytt/", promises.promise_new, name="promise_new"),
    path("loften/<public_id:promise_id>/", promises.promise, name="promise"),
    path("loften/<public_id:promise_id>/svar/", promises.promise_keep, name="promise_keep"),
    path("loften/<public_id:promise_id>/flytta/", promises.promise_move, name="promise_move"),
]

urlpatterns = [
    path("folj-din-rost/", public.follow, name="follow"),
    path(f"{DIALOGUE}resultat/", public.overview, name="overview"),
    path(f"{DIALOGUE}beslut/<public_id:decision_id>/", public.decision, name="decision"),
    path("arbetsyta/dialoger/<public_id:public_id>/", include(of_dialogue)),
]
