"""What everybody sees and can ask of the moderation: how it is done, to report, to ask anew."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brygga.core.limits.requests import count_request
from brygga.dialogues.forms.moderation import AssessmentForm, ReportForm
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations import assessments
from brygga.dialogues.operations.participants import NotYourContributionError
from brygga.dialogues.queries.access import get_public_dialogue
from brygga.dialogues.queries.grounds import grounds, grounds_are_ours
from brygga.dialogues.queries.moderation import get_reportable, usual_wait
from brygga.dialogues.queries.moderation_figures import figures_of
from brygga.dialogues.queries.participants import get_participant
from brygga.dialogues.queries.receipts import get_own_voice
from brygga.dialogues.views.receipts import language_for

REPORTS_PER_ADDRESS = 60  # a day and dialogue; a whole school may sit behind one address


def shown(
    request: HttpRequest, template: str, dialogue: Dialogue, status: int = 200, **more: object
) -> HttpResponse:
    context = {
        "dialogue": dialogue,
        **dialogue.organisation.as_owner(),
        "days": settings.BRYGGA_ASSESSMENT_DAYS,
    }
    return render(request, template, context | more, status=status)


@login_not_required
@require_safe
@cache_control(private=True)
def how_we_moderate(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    del slug
    dialogue = get_public_dialogue(public_id, request.user)
    return shown(
        request,
        "dialogues/how_we_moderate.html",
        dialogue,
        figures=figures_of(dialogue),
        grounds=grounds().values(),
        grounds_are_ours=grounds_are_ours(),
        wait=usual_wait(dialogue),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, slug: str, public_id: str, contribution_id: str) -> HttpResponse:
    """Let anybody ask the team to look at something, without account or name."""
    at = timezone.now()
    dialogue = get_public_dialogue(public_id, request.user)
    voice = get_reportable(dialogue, contribution_id)
    form = ReportForm(request.POST if request.method == "POST" else None, at=at)
    if form.is_bound and form.is_valid():
        scope = f"report:{dialogue.public_id}"
        count_request(request, scope=scope, limit=REPORTS_PER_ADDRESS, at=at)
        try:
            assessments.report(
                contribution=voice,
                ground=form.cleaned_data["ground"],
                words=form.cleaned_data["words"],
                client_key=form.once,
                at=at,
            )
        except assessments.NotShownError as error:
            raise Http404 from error
        response = redirect("dialogues:reported", slug, public_id)
        response.status_code = 303
        return response
    if form.is_bound:
        form.renew()
    status = 422 if form.is_bound else 200
    return shown(request, "dialogues/report.html", dialogue, status, form=form, voice=voice)


@login_not_required
@require_safe
def reported(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    del slug
    return shown(request, "dialogues/reported.html", get_public_dialogue(public_id, request.user))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_assessment(request: HttpRequest, secret: str, public_id: str) -> HttpResponse:
    """Let an author ask for a new assessment, from the receipt."""
    participant = get_participant(secret)
    voice = get_own_voice(participant, public_id)
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    with translation.override(language_for(request, participant)):
        if form.is_bound and form.is_valid():
            try:
                assessments.ask_for_new_assessment(
                    participant=participant,
                    public_id=public_id,
                    words=form.cleaned_data["words"],
                    at=timezone.now(),
                )
            except NotYourContributionError as error:
                raise Http404 from error
            except assessments.NothingToAssessError:
                messages.error(request, _("There is no decision to assess anew."))
            else:
                messages.success(request, _("We have got it. Somebody else now looks at it."))
            return redirect("dialogues:receipt", secret)
        if not voice.told.may_ask:
            return redirect("dialogues:receipt", secret)
        response = shown(
            request,
            "dialogues/new_assessment.html",
            participant.dialogue,
            422 if form.is_bound else 200,
            form=form,
            voice=voice,
            contribution=voice.contribution,
            secret=secret,
        )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
