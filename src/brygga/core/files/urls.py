from django.urls import path

import brygga.core.http.converters  # noqa: F401 - gives addresses <public_id:…>
from brygga.core.files.views import public

app_name = "files"
urlpatterns = [
    path("fil/<public_id:public_id>/", public.file, name="file"),
    path("fil/<public_id:public_id>/liten/", public.thumbnail, name="thumbnail"),
]
