from django.urls import path

from brygga.portal.views import public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("om/kakor/", public.privacy, name="privacy"),
]
