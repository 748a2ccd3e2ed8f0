from django.urls import path

from brygga.core.editing.views import workspace

app_name = "editing"
urlpatterns = [
    path("arbetsyta/utkast/", workspace.keep, name="keep"),
    path("arbetsyta/utkast/slang/", workspace.throw_away, name="throw_away"),
    path("arbetsyta/har-nu/<str:token>/", workspace.here, name="here"),
    path("arbetsyta/har-nu/<str:token>/flode/", workspace.stream, name="stream"),
]
