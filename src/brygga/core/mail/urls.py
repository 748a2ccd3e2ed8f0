from django.urls import path

from brygga.core.mail.views import workspace

app_name = "mail"
urlpatterns = [
    path("arbetsyta/post/", workspace.health, name="health"),
    path("arbetsyta/post/skicka-igen/", workspace.send_again, name="send_again"),
    path("arbetsyta/post/lat-vara/", workspace.let_be, name="let_be"),
]
