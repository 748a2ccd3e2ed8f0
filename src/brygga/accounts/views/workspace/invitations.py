from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brygga.accounts import queries
from brygga.accounts.enums import Permission
from brygga.accounts.forms.workspace import InviteForm, posted
from brygga.accounts.operations.errors import RefusalError
from brygga.accounts.operations.invitations import invite as send_invitation
from brygga.accounts.operations.invitations import resend_invitation, revoke_invitation
from brygga.accounts.views.workspace import show

INVITATIONS_ON_A_PAGE = 25


@require_safe
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    organisation = queries.get_organisation_for(request.user, slug, Permission.INVITE, day)
    found = queries.open_invitations(organisation)
    return show(
        request,
        "accounts/invitations.html",
        organisation,
        day,
        page=Paginator(found, INVITATIONS_ON_A_PAGE).get_page(request.GET.get("page")),
        now=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    day = timezone.localdate()
    organisation = queries.get_organisation_for(request.user, slug, Permission.INVITE, day)
    form = InviteForm(posted(request), organisation=organisation, day=day)
    if form.is_valid():
        try:
            invitation = send_invitation(
                organisation=organisation,
                offer=form.offer(),
                by=queries.signed_in(request),
                at=timezone.now(),
            )
        except RefusalError as error:
            form.refuse(error)
        else:
            sent = gettext("An invitation is on its way to %(email)s.")
            messages.success(request, sent % {"email": invitation.email})
            return redirect("accounts:invitations", slug)
    return show(request, "accounts/invite.html", organisation, day, form=form)


@require_POST
def resend(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    invitation = queries.get_invitation_for(
        request.user, slug, public_id, Permission.INVITE, timezone.localdate()
    )
    try:
        resend_invitation(invitation=invitation, by=queries.signed_in(request), at=timezone.now())
    except RefusalError as error:
        messages.error(request, str(error))
    else:
        sent = gettext("A new link is on its way to %(email)s. The earlier one no longer works.")
        messages.success(request, sent % {"email": invitation.email})
    return redirect("accounts:invitations", slug)


@require_POST
def revoke(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    invitation = queries.get_invitation_for(
        request.user, slug, public_id, Permission.INVITE, timezone.localdate()
    )
    try:
        revoke_invitation(invitation=invitation, by=queries.signed_in(request), at=timezone.now())
    except RefusalError as error:
        messages.error(request, str(error))
    else:
        gone = gettext("The invitation to %(email)s is revoked.")
        messages.success(request, gone % {"email": invitation.email})
    return redirect("accounts:invitations", slug)
