from brygga.dialogues.urls import public, workspace, yearly

app_name = "dialogues"
urlpatterns = [*public.pages, *workspace.pages, *yearly.pages]
