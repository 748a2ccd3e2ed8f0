from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brygga.core.undo import offers


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what the button says, and lead to where it was done."""
    token, user = request.POST.get("undo", ""), request.user
    assert isinstance(user, AbstractBaseUser)  # nobody else gets past the sign-in
    try:
        back = offers.offer_of(token, user).back
        offers.take_back(token, user, at=timezone.now())
    except offers.NotYoursError:
        raise Http404 from None
    except offers.TooLateError:
        messages.error(request, _("It is too late to undo that: nothing was changed."))
    else:
        messages.success(request, _("It is undone."))
    return redirect(back)
