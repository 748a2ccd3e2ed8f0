"""Those of allauth's addresses that we offer: sign-in by code and signing out, nothing else."""

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_not_required
from django.urls import path

request_code = login_not_required(allauth.request_login_code)

urlpatterns = [
    path("logga-in/", request_code, name="account_login"),
    path("logga-in/", request_code, name="account_request_login_code"),
    path("logga-in/kod/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("logga-ut/", allauth.logout, name="account_logout"),
    path("stangt/", allauth.account_inactive, name="account_inactive"),
]
