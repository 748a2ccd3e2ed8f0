from django.urls import URLPattern

app_name = "perspectives"
urlpatterns: list[URLPattern] = []
