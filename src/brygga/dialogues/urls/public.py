"""What everybody reads, and where people take part and follow."""

from django.urls import path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.dialogues.views import calendars, following, how, identity, moderation, public, receipts

DIALOGUE = "dialoger/<slug:slug>-<public_id:public_id>/"

pages = [
    path("dialoger/", public.dialogue_list, name="list"),
    path(DIALOGUE, public.detail, name="detail"),
    path("d/<public_id:public_id>/", public.short, name="short"),
    path("d/<public_id:public_id>/legitimera/", identity.identify, name="identify"),
    path(
        "d/<public_id:public_id>/legitimera/<public_id:broker_id>/",
        identity.start_identifying,
        name="start_identifying",
    ),
    path("legitimerad/<public_id:broker_id>/", identity.identified, name="identified"),
    path(f"{DIALOGUE}slutsats/<public_id:insight_id>/", public.insight, name="insight"),
    path(f"{DIALOGUE}kalender.ics", calendars.public_feed, name="calendar"),
    path("kalender/<str:secret>/kalender.ics", calendars.personal_feed, name="personal_feed"),
    path(f"{DIALOGUE}sa-har-vi-gjort/", how.how, name="how"),
    path(f"{DIALOGUE}bevaka/", following.follow, name="follow"),
    path(f"{DIALOGUE}mitt-kvitto/", receipts.my_receipt, name="my_receipt"),
    path(f"{DIALOGUE}granskning/", moderation.how_we_moderate, name="how_we_moderate"),
    path(f"{DIALOGUE}anmal/<public_id:contribution_id>/", moderation.report, name="report"),
    path(f"{DIALOGUE}anmal/tack/", moderation.reported, name="reported"),
    path("kvitto/<str:secret>/", receipts.receipt, name="receipt"),
    path(
        "kvitto/<str:secret>/ny-bedomning/<public_id:public_id>/",
        moderation.new_assessment,
        name="new_assessment",
    ),
    path("kvitto/<str:secret>/fortsatt/", receipts.continue_here, name="continue_here"),
    path(
        "kvitto/<str:secret>/ta-tillbaka/<public_id:public_id>/",
        receipts.withdraw_contribution,
        name="withdraw",
    ),
    path("bevaka/<str:token>/", following.confirm_following, name="confirm_following"),
    path("bevaka/<str:token>/sluta/", following.end_following, name="end_following"),
]
