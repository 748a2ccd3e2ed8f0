from django.urls import path

from brygga.core.undo.views import workspace

app_name = "undo"
urlpatterns = [path("arbetsyta/angra/", workspace.undo, name="undo")]
