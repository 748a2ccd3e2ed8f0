from django.urls import path

from brygga.portal.views import organisations, privacy, public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("karta/", public.dialogue_map, name="map"),
    path("om/kakor/", privacy.of_installation, name="privacy"),
    path("organisationer/", organisations.index, name="organisations"),
    path("organisationer/<slug:slug>/", organisations.organisation, name="organisation"),
    path(
        "organisationer/<slug:slug>/principer/<int:number>/",
        organisations.principles,
        name="principles",
    ),
    path("organisationer/<slug:slug>/personuppgifter/", privacy.of_organisation, name="privacy_of"),
]
