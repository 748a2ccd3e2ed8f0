from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from brygga.core.http.human import HumanForm
from brygga.core.text import TextTooLongError, clean
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import StatementRound
from brygga.tools.perspectives.operations.statements import LONGEST


class VoteForm(forms.Form):
    """One answer. The buttons carry the value; nothing has to be typed."""

    value = forms.TypedChoiceField(
        choices=VoteValue.choices, coerce=lambda value: VoteValue(int(value)), empty_value=None
    )
    is_important = forms.BooleanField(required=False)
    shown = forms.CharField(required=False, max_length=400)

    @classmethod
    def read(cls, data: QueryDict) -> dict[str, Any] | None:
        """Clean an answer by the form's own fields, without a copy of them for each; None if bad.

        A form costs as much as all else that is done with a vote.
        """
        try:
            return {
                name: field.clean(field.widget.value_from_datadict(data, {}, name))
                for name, field in cls.base_fields.items()
            }
        except forms.ValidationError:
            return None


class SuggestForm(HumanForm):
    text = forms.CharField(
        label=_("Your statement"),
        help_text=_("One idea, that others can agree or disagree with. At most 280 characters."),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST, "dir": "auto"}),
    )
    is_sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        try:
            text: str = clean(self.cleaned_data["text"], limit=LONGEST).strip()
        except TextTooLongError:
            raise forms.ValidationError(
                _("Your text is too long. Make it at most %(limit)d characters."),
                code="long",
                params={"limit": LONGEST},
            ) from None
        if not text:
            raise forms.ValidationError(_("Write what you think first."), code="empty")
        return text

    def ask_again(self, kinds: list[str]) -> None:
        """Say that the text seems to point somebody out, and let its author decide."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["is_sure"] = "on"
        self.data = data
        self.add_error(
            "text",
            _(
                "This looks like it tells who somebody is (%(kinds)s). Everybody will be able to "
                "read it. Change the text, or send it again as it is: then we read it before it "
                "is shown."
            )
            % {"kinds": ", ".join(str(KIND_NAMES.get(kind, kind)) for kind in kinds)},
        )


KIND_NAMES = {
    "personal_number": _("a personal identity number"),
    "email": _("an e-mail address"),
    "phone": _("a phone number"),
    "address": _("an address"),
}


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    class Meta:
        model = StatementRound
        fields = (
            "question",
            "introduction",
            "opens_at",
            "closes_at",
            "moderation",
            "residents_may_add",
            "asks_importance",
            "results_shown",
            "answers_needed",
            "missing_voices",
            "attribution",
        )
        labels = {
            "question": _("The question"),
            "introduction": _("Introduction"),
            "opens_at": _("Opens"),
            "closes_at": _("Closes"),
            "moderation": _("When statements by residents are shown"),
            "residents_may_add": _("Residents may add statements of their own"),
            "asks_importance": _("Residents may mark what is important to them"),
            "results_shown": _("When residents see the result"),
            "answers_needed": _("Answers needed to see the result"),
            "missing_voices": _("Who has not been heard"),
            "attribution": _("Source and licence"),
        }
        help_texts = {
            "question": _("What the statements are about, as a question."),
            "opens_at": _("Without a time the round has not begun."),
            "closes_at": _("Answers count until this minute. Without a time it stays open."),
            "missing_voices": _("Shown beside the result. Say plainly what you do about it."),
            "attribution": _("Only for material that others have gathered."),
        }
        widgets = {
            "introduction": forms.Textarea(attrs={"rows": 3}),
            "missing_voices": forms.Textarea(attrs={"rows": 3}),
            "attribution": forms.Textarea(attrs={"rows": 2}),
            "opens_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "closes_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        return cleaned


class SeedForm(forms.Form):
    texts = forms.CharField(
        label=_("Statements of the team"),
        help_text=_("One on each line. One idea in each, that one can agree or disagree with."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=30_000,
    )

    def clean_texts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]
        long = [line for line in lines if len(line) > LONGEST]
        if long:
            raise forms.ValidationError(
                _("This line is longer than %(limit)d characters: %(line)s"),
                params={"limit": LONGEST, "line": long[0][:60]},
            )
        return lines


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is hidden"),
        help_text=_("The author sees the reason on the receipt."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Kept in the process diary, in public."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TitleForm(forms.Form):
    title = forms.CharField(label=_("What the result is called"), max_length=200)


class ImportForm(forms.Form):
    votes = forms.FileField(label="votes.csv", help_text=_("Or participants-votes.csv."))
    statements = forms.FileField(label="comments.csv")


class ReviewerForm(forms.Form):
    reviewer_name = forms.CharField(label=_("Who may recount"), max_length=120)
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PublishPackageForm(forms.Form):
    decision_dnr = forms.CharField(label=_("The decision's reference number"), max_length=60)
    check_note = forms.CharField(
        label=_("How the risk that somebody is recognised was checked"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
