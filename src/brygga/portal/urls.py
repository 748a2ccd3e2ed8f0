from django.urls import path

from brygga.portal.views import public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("karta/", public.dialogue_map, name="map"),
    path("om/kakor/", public.privacy, name="privacy"),
]
