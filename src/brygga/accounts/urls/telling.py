"""What an organisation tells of itself: its page, and how accessible its pages are."""

from django.urls import path

from brygga.accounts.views import accessibility
from brygga.accounts.views.workspace import accessibility as writing
from brygga.accounts.views.workspace import public_page

in_organisation = [
    path("sida/", public_page.page, name="page"),
    path("sida/andra/", public_page.edit_page, name="edit_page"),
    path("sida/publicera/", public_page.publish_page, name="publish_page"),
    path("sida/dra-tillbaka/", public_page.withdraw_page, name="withdraw_page"),
    path("sida/principer/", public_page.edit_principles, name="edit_principles"),
    path("sida/principer/publicera/", public_page.publish_principles, name="publish_principles"),
    path("sida/roller/ny/", public_page.new_function, name="new_function"),
    path("sida/roller/<str:public_id>/", public_page.edit_function, name="edit_function"),
    path(
        "sida/roller/<str:public_id>/ta-bort/", public_page.remove_function, name="remove_function"
    ),
    path("tillganglighet/", writing.statement, name="statement"),
    path("tillganglighet/brister/ny/", writing.new_shortcoming, name="new_shortcoming"),
    path(
        "tillganglighet/brister/<str:public_id>/", writing.edit_shortcoming, name="edit_shortcoming"
    ),
    path("tillganglighet/hinder/", writing.obstacles, name="obstacles"),
    path("tillganglighet/hinder/<str:public_id>/", writing.obstacle, name="obstacle"),
]
pages = [
    path("tillganglighet/", accessibility.of_installation, name="accessibility"),
    path(
        "organisationer/<slug:slug>/tillganglighet/",
        accessibility.of_organisation,
        name="accessibility_of",
    ),
    path(
        "organisationer/<slug:slug>/tillganglighet/tack/",
        accessibility.reported,
        name="obstacle_sent",
    ),
]
