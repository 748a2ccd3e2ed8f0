"""A person's own calendar links: one per organisation, shown once, renewed and ended by hand."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from brygga.accounts.operations.calendar_links import end_calendar_link, renew_calendar_link
from brygga.accounts.queries import organisations_of
from brygga.core.once import OnceForm
from brygga.dialogues.queries.dates import links_of
from brygga.dialogues.views.workspace.desk import now, posted, who


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_links(request: HttpRequest) -> HttpResponse:
    user = who(request)
    organisations = list(organisations_of(user))
    form = OnceForm(posted(request))
    secret = ""
    chosen = None
    if form.is_valid():
        slug = request.POST.get("organisation")
        chosen = next((each for each in organisations if each.slug == slug), None)
        if chosen is None:
            raise Http404
        if request.POST.get("do") == "end":
            end_calendar_link(user=user, organisation=chosen, at=now())
            return redirect("dialogues:calendar_links")
        secret = renew_calendar_link(user=user, organisation=chosen, client_key=form.key, at=now())
    links = links_of(user)
    context = {
        "key": OnceForm().fields["client_key"].initial,
        "rows": [(each, links.get(each.pk)) for each in organisations],
        "chosen": chosen,
        "address": secret and _address(secret),
    }
    return render(request, "dialogues/workspace/calendar_links.html", context)


def _address(secret: str) -> str:
    return settings.BRYGGA_ADDRESS + reverse("dialogues:personal_feed", args=[secret])
