"""The addresses of every app, in one list."""

from django.urls import include, path

urlpatterns = [
    path("", include("brygga.portal.urls")),
    path("", include("brygga.dialogues.urls")),
    path("", include("brygga.accounts.urls")),
    path("", include("brygga.tools.perspectives.urls")),
    path("", include("brygga.tools.outcomes.urls")),
    path("", include("brygga.tools.register.urls")),
    path("", include("brygga.core.attendance.urls")),
    path("", include("brygga.core.mail.urls")),
    path("", include("brygga.core.jobs.urls")),
    path("", include("brygga.core.editing.urls")),
    path("", include("brygga.core.undo.urls")),
    path("", include("brygga.core.files.urls")),
    path("", include("brygga.core.ui.urls")),
    path("konto/", include("brygga.accounts.urls.sign_in")),
]

handler500 = "brygga.core.ui.views.errors.server_error"
