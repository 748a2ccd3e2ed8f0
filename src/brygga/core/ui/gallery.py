"""The living gallery: every component, shown by the example file that stands beside it."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from brygga.core.ui.charts import Crossing, Group, You
from brygga.core.ui.sorting import Sorting
from brygga.core.ui.steps import Step, StepState

SWEDEN = ZoneInfo("Europe/Stockholm")
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Example:
    name: str
    template: str
    source: str


def find_components() -> list[str]:
    return sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))


def find_examples() -> list[Example]:
    return [
        Example(path.stem, f"ui/examples/{path.name}", path.read_text(encoding="utf-8").strip())
        for path in sorted((TEMPLATES / "ui" / "examples").glob("*.html"))
    ]


class ExampleFilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Search"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=[("now", gettext_lazy("Under way"))],
        required=False,
    )


def example_filter() -> ExampleFilterForm:
    form = ExampleFilterForm({"q": "skolskjuts", "state": "now"})
    form.full_clean()
    return form


class ExampleForm(forms.Form):
    def __init__(self, data: dict[str, str] | None = None, **options: object) -> None:
        super().__init__(data, **options)  # type: ignore[arg-type]  # a plain dict is data enough
        self.fields["name"] = forms.CharField(
            label=gettext("What is the dialogue called?"),
            help_text=gettext("A few words that a neighbour would use."),
        )
        self.fields["voice"] = forms.CharField(
            label=gettext("Say it in your own words"),
            max_length=400,
            widget=forms.Textarea,
            help_text=gettext(
                "What you write becomes a public record. Write nothing about yourself or others "
                "that you do not want everybody to read."
            ),
        )
        self.fields["place"] = forms.ChoiceField(
            label=gettext("Where"),
            choices=[("", "–"), ("1", gettext("The whole municipality")), ("2", "Norrby")],
            required=False,
        )
        self.fields["channel"] = forms.ChoiceField(
            label=gettext("Where was it said?"),
            choices=[
                ("meeting", gettext("At a meeting")),
                ("street", gettext("In the square")),
                ("letter", gettext("In a letter")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["date"] = forms.DateField(
            label=gettext("When"), widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["follow"] = forms.BooleanField(
            label=gettext("Tell me when the decision is made"), required=False
        )


def seven_steps(now: int = 3) -> list[Step]:
    titles = [
        gettext("Preparation"),
        gettext("Gathering perspectives"),
        gettext("Dialogue, trying out and creating together"),
        gettext("Proposals, measures and commitments"),
        gettext("Decision"),
        gettext("Carrying out"),
        gettext("Building capacity"),
    ]
    return [
        Step(title, _state(number, now), residents=number in {2, 3, 4, 6})
        for number, title in enumerate(titles, start=1)
    ]


def three_steps(now: int = 2) -> list[Step]:
    titles = [gettext("Before"), gettext("During"), gettext("After")]
    return [Step(title, _state(number, now)) for number, title in enumerate(titles, start=1)]


def example_map() -> dict[str, object]:
    """Three made-up groups, their points on a sunflower's spiral so that nothing is random."""
    return {
        "islands": [
            Group("A", 128, _spiral(-3.0, 0.0, 128, 1.5)),
            Group("B", 96, _spiral(3.0, 1.0, 96, 1.0)),
            Group("C", 41, _spiral(0.5, -3.5, 41, 0.8)),
        ],
        "bridges": [
            Crossing(gettext("The school stays, but may move to other rooms."), "A", "B", 81, 76),
            Crossing(gettext("After-school care and school in the same house."), "A", "B", 72, 69),
            Crossing(gettext("We want to know what it costs."), "A", "C", 88, 91),
        ],
        "straits": [Crossing(gettext("The village does without a school."), "B", "C", 12, 84)],
        "you": You("A", -3.9, 0.9),
    }


def _spiral(x: float, y: float, count: int, reach: float) -> list[tuple[float, float]]:
    angle = math.pi * (3 - math.sqrt(5))
    radii = [reach * (step / count) ** 0.7 for step in range(count)]
    return [
        (x + 1.3 * radius * math.cos(step * angle), y + radius * math.sin(step * angle))
        for step, radius in enumerate(radii)
    ]


def _state(number: int, now: int) -> StepState:
    if number == now:
        return StepState.NOW
    return StepState.DONE if number < now else StepState.COMING


def example_context(request: HttpRequest) -> dict[str, object]:
    rows = [
        ("Norrby", 540, 312, date(2026, 3, 12)),
        ("Åsen", 210, 96, date(2026, 4, 2)),
        ("Östra hamnen", 1204, 801, date(2026, 5, 28)),
    ]
    return {
        "form": ExampleForm(),
        "filter_form": example_filter(),
        "names": ["Lars Ek"],
        "company": {"token": "-", "others": ["Lars Ek", "Åsa Örn"]},
        "draft": {"token": "-", "saved_at": datetime(2026, 3, 12, 14, 32, tzinfo=SWEDEN)},
        "bound_form": ExampleForm(
            {"name": "", "voice": gettext("The bus stops too early."), "channel": "street"},
            auto_id="bound_%s",
        ),
        "seven": seven_steps(),
        "three": three_steps(),
        "crumbs": [(gettext("Dialogues"), "/"), (gettext("The village school"), "/")],
        "cards": [
            ("yes", gettext("Yes"), gettext("All of it can be influenced.")),
            ("partly", gettext("Partly"), gettext("How and when, not whether.")),
            ("no", gettext("No"), gettext("It is decided. We inform about it.")),
        ],
        "rows": rows,
        "sorting": Sorting.asked_for(request, {"place", "answers", "date"}, "place"),
        "list_page": Paginator(range(400), 20).get_page(request.GET.get("page", "7")),
        "day": date(2026, 3, 12),
        "places": {"0180": 812, "1280": 420, "2480": 96, "0980": 4, "1480": 633, "2584": 31},
        **example_map(),
    }
