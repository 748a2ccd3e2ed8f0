"""Those of allauth's addresses that we offer: sign-in by code, the second step, signing out."""

from allauth.account import views as allauth
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.cache import never_cache

from brygga.accounts.views import own_login, saml

by_passkey = never_cache(login_not_required(passkeys.login_webauthn))
request_code = login_not_required(own_login.ask_for_code)

in_second_step = [
    path("", second_step.index, name="mfa_index"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/ta-bort/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("koder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("koder/fil/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("koder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("nycklar/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("nycklar/ny/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("nycklar/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("nycklar/<int:pk>/ta-bort/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
urlpatterns = [
    path("logga-in/", request_code, name="account_login"),
    path("logga-in/", request_code, name="account_request_login_code"),
    path("logga-in/nyckel/", by_passkey, name="mfa_login_webauthn"),
    path("logga-in/kod/", allauth.confirm_login_code, name="account_confirm_login_code"),
    path("logga-in/svar/<str:public_id>/", own_login.callback, name="own_login_callback"),
    path("logga-in/saml/<str:public_id>/", saml.answer, name="own_login_saml"),
    path("logga-in/saml/<str:public_id>/klar/", saml.finish, name="own_login_saml_finish"),
    path("logga-in/saml/<str:public_id>/metadata/", saml.metadata, name="own_login_metadata"),
    path("logga-in/andra-steget/", second_step.authenticate, name="mfa_authenticate"),
    path("andra-steget/", include(in_second_step)),
    path("bekrafta/", allauth.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path(
        "bekrafta/nyckel/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("logga-ut/", allauth.logout, name="account_logout"),
    path("stangt/", allauth.account_inactive, name="account_inactive"),
]
