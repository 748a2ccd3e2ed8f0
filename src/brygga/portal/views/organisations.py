"""The page "Så arbetar vi med dialog" of each organisation."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from brygga.accounts.queries.public_page import get_organisation, get_principles
from brygga.core.ui.paging import page_of
from brygga.portal.forms import OwnDialoguesForm, WordsForm
from brygga.portal.organisations import get_telling, organisations_telling

ORGANISATIONS_PER_PAGE = 50
DIALOGUES_PER_PAGE = 10


@login_not_required
@require_safe
@cache_control(private=True)
def index(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.GET, label_suffix="")
    found = organisations_telling(request.user, form.words())
    page = page_of(request, found, ORGANISATIONS_PER_PAGE, name="sida")
    return render(request, "portal/organisations.html", {"form": form, "page": page})


@login_not_required
@require_safe
@cache_control(private=True)
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    form = OwnDialoguesForm(request.GET, label_suffix="")
    year = request.GET.get("ar", "")
    telling = get_telling(
        request.user,
        slug,
        wanted=form.wanted(slug),
        year=int(year) if year.isascii() and year.isdigit() else None,
        today=timezone.localdate(),
    )
    context = {
        "telling": telling,
        "organisation": telling.organisation,
        "form": form,
        "page": page_of(request, telling.dialogues, DIALOGUES_PER_PAGE, name="sida"),
    }
    context |= telling.organisation.as_owner()
    return render(request, "portal/organisation.html", context)


@login_not_required
@require_safe
@cache_control(private=True)
def principles(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = get_organisation(slug)
    context = {"organisation": found, "each": get_principles(found, number)}
    return render(request, "portal/principles.html", context | found.as_owner())
