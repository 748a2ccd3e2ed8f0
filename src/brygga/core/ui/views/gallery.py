from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from brygga.core.ui import gallery


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "ui/gallery.html",
        {"examples": gallery.find_examples(), **gallery.example_context(request)},
    )
