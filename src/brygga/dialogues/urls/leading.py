"""What the process leader prepares, hands out and hands over."""

from django.urls import path

from brygga.dialogues.views.workspace import kit

of_dialogue = [
    path("inbjudan/", kit.kit, name="kit"),
    path("inbjudan/<slug:language>/", kit.kit, name="kit_in"),
    path("inbjudan/<slug:language>/<slug:kind>/", kit.kit_edit, name="kit_edit"),
    path("inbjudan/<slug:language>/<slug:kind>/visa/", kit.kit_preview, name="kit_preview"),
    path("inbjudan/<slug:language>/fil/<str:name>", kit.kit_download, name="kit_download"),
]
