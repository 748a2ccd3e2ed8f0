"""Following a dialogue by e-mail: ask, confirm, end."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from brygga.core.limits.requests import count_request
from brygga.dialogues.forms.following import FollowForm
from brygga.dialogues.operations.followers import LinkExpiredError, ask_to_follow, confirm, end
from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.followers import get_asked, get_following
from brygga.dialogues.rules import Permission

LETTERS_PER_DAY = 300  # from one network address and to one dialogue: a school's parents' evening


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Answer the same whether the address follows already, is new or cannot be reached."""
    del slug
    now = timezone.now()
    try:
        dialogue = get_public_dialogue(public_id, request.user, Permission.FOLLOW)
    except PermissionDenied as error:
        raise Http404 from error
    context = {
        "dialogue": dialogue,
        **dialogue.organisation.as_owner(),
    }
    if request.method != "POST":
        return render(request, "dialogues/follow.html", {**context, "form": FollowForm(at=now)})
    form = FollowForm(request.POST, at=now)
    if not form.is_valid():
        form.renew()
        return render(request, "dialogues/follow.html", {**context, "form": form}, status=422)
    count_request(request, scope=f"follow:{dialogue.public_id}", limit=LETTERS_PER_DAY, at=now)
    ask_to_follow(
        dialogue=dialogue,
        email=form.cleaned_data["email"],
        language=get_language() or "sv",
        at=now,
    )
    return render(request, "dialogues/follow_asked.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_following(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a press only: programs that look through mail open every link in it."""
    now = timezone.now()
    try:
        asked = get_asked(token, at=now)
    except Http404:
        return render(request, "dialogues/link_unknown.html", status=404)
    context = {"asked": asked, "dialogue": asked.follower.dialogue}
    if request.method != "POST":
        status = 410 if asked.is_expired and not asked.is_used else 200
        return render(request, "dialogues/follow_confirm.html", context, status=status)
    try:
        confirm(token=token, at=now)
    except LinkExpiredError:
        return render(request, "dialogues/follow_confirm.html", context, status=410)
    return render(request, "dialogues/follow_confirmed.html", context)


# The one address that takes a POST without our token: mail programs send it (RFC 8058).
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_following(request: HttpRequest, token: str) -> HttpResponse:
    try:
        follower = get_following(token)
    except Http404:
        return render(request, "dialogues/link_unknown.html", status=404)
    context = {"dialogue": follower.dialogue}
    if request.method != "POST":
        return render(request, "dialogues/follow_end.html", context)
    end(follower=follower, at=timezone.now())
    return render(request, "dialogues/follow_ended.html", context)
