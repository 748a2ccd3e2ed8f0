from django.conf import settings
from django.urls import include, path

from brygga.accounts.urls import telling
from brygga.accounts.views import own_login, public, sessions
from brygga.accounts.views.workspace import brokers, invitations, organisations, people, saml
from brygga.accounts.views.workspace import own_login as own_login_settings

app_name = "accounts"

in_organisation = [
    *telling.in_organisation,
    path("", organisations.organisation, name="organisation"),
    path("andra/", organisations.edit_organisation, name="edit_organisation"),
    path("andra/logotyp/", organisations.logo, name="logo"),
    path("namnder/", organisations.bodies, name="bodies"),
    path("namnder/ny/", organisations.new_body, name="new_body"),
    path("namnder/<str:public_id>/", organisations.edit_body, name="edit_body"),
    path("personer/", people.people, name="people"),
    path("personer/<str:public_id>/", people.person, name="person"),
    path("personer/<str:public_id>/ny-roll/", people.give_role, name="give_role"),
    path("personer/<str:public_id>/avsluta/", people.stop_membership, name="end_membership"),
    path("roller/<str:public_id>/avsluta/", people.stop_role, name="end_role"),
    path("inloggning/", own_login_settings.own_login, name="own_login"),
    path("inloggning/saml/", saml.saml_login, name="saml_login"),
    path("inloggning/e-legitimation/", brokers.brokers, name="brokers"),
    path("inloggning/e-legitimation/ny/", brokers.edit_broker, name="new_broker"),
    path("inloggning/e-legitimation/<str:public_id>/", brokers.edit_broker, name="edit_broker"),
    path("bjud-in/", invitations.invite, name="invite"),
    path("inbjudningar/", invitations.invitations, name="invitations"),
    path("inbjudningar/<str:public_id>/igen/", invitations.resend, name="resend_invitation"),
    path("inbjudningar/<str:public_id>/aterkalla/", invitations.revoke, name="revoke_invitation"),
]
urlpatterns = [
    *telling.pages,
    path("inbjudan/<str:secret>/", public.accept_invitation, name="accept_invitation"),
    path("konto/", public.profile, name="profile"),
    path("konto/logga-in/organisation/", own_login.own_logins, name="own_logins"),
    path("konto/logga-in/organisation/<slug:slug>/", own_login.start, name="start_own_login"),
    path("konto/inloggningar/", sessions.sessions, name="sessions"),
    path("konto/inloggningar/avsluta/", sessions.end_sessions, name="end_sessions"),
    path("konto/inloggningar/<str:public_id>/avsluta/", sessions.end_session, name="end_session"),
    path("arbetsyta/organisation/", organisations.organisations, name="organisations"),
    path("arbetsyta/organisation/<slug:slug>/", include(in_organisation)),
]

if settings.BRYGGA_SIGN_IN_LINKS:
    urlpatterns.append(
        path("demo/logga-in/<str:secret>/", public.sign_in_by_link, name="sign_in_by_link")
    )
