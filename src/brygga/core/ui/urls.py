from django.urls import path

from brygga.core.ui.views import gallery

app_name = "ui"
urlpatterns = [
    path("komponenter/", gallery.show, name="gallery"),
]
