from django.urls import path

from brygga.core.attendance.views import public

app_name = "attendance"
urlpatterns = [path("har/<str:secret>/", public.check_in, name="check_in")]
