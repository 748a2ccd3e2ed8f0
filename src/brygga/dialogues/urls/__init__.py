from brygga.dialogues.urls import public, workspace

app_name = "dialogues"
urlpatterns = [*public.pages, *workspace.pages]
