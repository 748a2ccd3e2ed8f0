"""The plan: activities, the communication plan, the starter plan, and moving it all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from brygga.core.calendar import is_working_day, to_swedish, working_days_before
from brygga.core.registry.today import items_of
from brygga.dialogues.enums import (
    ActivityKind,
    ActivityState,
    DialogueForm,
    MessageChannel,
    StepKind,
)
from brygga.dialogues.forms.moments import MomentField
from brygga.dialogues.forms.plan import ActivityForm, MoveForm
from brygga.dialogues.models import Activity, Mandate, PlanMove, PlannedMessage
from brygga.dialogues.operations.activities import (
    EndsBeforeItStartsError,
    ForeignStepError,
    NotHeldYetError,
    add_activity,
    cancel_activity,
    edit_activity,
    hold_activity,
    plan_again,
)
from brygga.dialogues.operations.actors import ForeignActorError
from brygga.dialogues.operations.changes import EditConflictError
from brygga.dialogues.operations.plan_moves import (
    AlreadyUndoneError,
    NothingToMoveError,
    PlanHasChangedError,
    move_plan,
    undo_move,
)
from brygga.dialogues.operations.planned_messages import add_message, edit_message, mark_told
from brygga.dialogues.operations.starter_plan import NoDayToCountFromError, begin_plan
from brygga.dialogues.operations.steps import ReasonMissingError
from brygga.dialogues.queries.dates import _dates_of
from brygga.dialogues.queries.plan import by_month, coming_activities, plan_of, steps_with_dates
from brygga.dialogues.queries.plan_moves import preview_move, shift
from brygga.dialogues.queries.plan_picture import draw_plan
from brygga.dialogues.queries.plan_today import plan_items
from brygga.dialogues.queries.starter_plan import starter_plan
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, dialogue_in, team_member
from tests.factories.planning import ActivityFactory, ActorFactory, PlannedMessageFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 5, 4, 16, tzinfo=UTC)  # 18 o'clock in Sweden
TODAY = date(2026, 4, 1)
MEETING = {
    "title": "Öppet möte",
    "kind": ActivityKind.MEETING,
    "starts_at": MONDAY,
    "ends_at": MONDAY + timedelta(hours=2),
}


@pytest.fixture
def dialogue():
    return dialogue_in()


def add(dialogue, actors=(), **more):
    return add_activity(
        dialogue=dialogue, facts=MEETING | more, actors=actors, by=UserFactory(), at=NOW
    )


def move(dialogue, first_day):
    shown = preview_move(dialogue, first_day).digest
    return move_plan(dialogue=dialogue, first_day=first_day, shown=shown, by=None, at=NOW)


def test_an_activity_sent_twice_is_planned_once(dialogue):
    for _ in range(2):
        add_activity(dialogue=dialogue, facts=MEETING, client_key="click", by=None, at=NOW)

    assert Activity.objects.count() == 1


def test_an_activity_ends_after_it_starts(dialogue):
    with pytest.raises(EndsBeforeItStartsError):
        add(dialogue, ends_at=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(starts_at=MONDAY, ends_at=MONDAY)


def test_an_activity_belongs_to_its_own_dialogue(dialogue):
    elsewhere = dialogue_in()

    with pytest.raises(ForeignStepError):
        add(dialogue, step=elsewhere.steps.first())
    with pytest.raises(ForeignActorError):
        add(dialogue, actors=[ActorFactory(dialogue=elsewhere)])


def test_two_people_changing_different_things_of_an_activity_both_keep_theirs(dialogue):
    activity = add(dialogue)

    def edit(**after):
        before = {name: getattr(activity, name) for name in after}
        edit_activity(
            activity=activity,
            before=before,
            after=after,
            actors=(),
            languages=["sv"],
            by=None,
            at=NOW,
        )

    edit(place="Bygdegården")
    edit(cost=4_000)
    activity_now = Activity.objects.get()
    assert (activity_now.place, activity_now.cost) == ("Bygdegården", 4_000)

    with pytest.raises(EditConflictError):
        edit(place="Skolan")


def test_what_was_held_says_how_many_came_and_whom_it_reached(dialogue):
    came, away = ActorFactory.create_batch(2, dialogue=dialogue)
    activity = add(dialogue, actors=[came, away])

    with pytest.raises(NotHeldYetError):
        hold_activity(activity=activity, attended=40, reached=[came], by=None, at=NOW)
    hold_activity(
        activity=activity, attended=40, reached=[came], by=None, at=MONDAY + timedelta(days=1)
    )

    activity.refresh_from_db()
    came.refresh_from_db()
    away.refresh_from_db()
    assert (activity.state, activity.attended) == (ActivityState.DONE, 40)
    assert (came.reached_on, came.reached_by) == (date(2026, 5, 4), activity)
    assert away.reached_on is None


def test_an_activity_is_cancelled_with_a_reason_and_may_be_planned_again(dialogue):
    activity = add(dialogue)

    with pytest.raises(ReasonMissingError):
        cancel_activity(activity=activity, reason="", by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(state=ActivityState.CANCELLED)
    cancel_activity(activity=activity, reason="Storm", by=None, at=NOW)
    assert Activity.objects.get().state_reason == "Storm"

    plan_again(activity=activity, by=None, at=NOW)

    assert Activity.objects.get().state == ActivityState.PLANNED


def test_only_what_was_held_has_people_who_came():
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(attended=3)


def test_the_starter_plans_things_come_once():
    first = ActivityFactory(starter_code="meeting")
    message = PlannedMessageFactory(starter_code="letter")

    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(dialogue=first.dialogue, starter_code="meeting")
    with pytest.raises(IntegrityError), transaction.atomic():
        PlannedMessageFactory(dialogue=message.dialogue, starter_code="letter")


def test_a_message_is_told_once_and_can_be_taken_back(dialogue):
    facts = {"to_whom": "Byn", "text": "Att vi börjar", "channel": "letter", "due_on": TODAY}
    message = add_message(dialogue=dialogue, facts=facts, client_key="a", by=None, at=NOW)
    again = add_message(dialogue=dialogue, facts=facts, client_key="a", by=None, at=NOW)
    assert again == message
    edit_message(
        message=message,
        before={"channel": "letter"},
        after={"channel": MessageChannel.POSTER},
        by=None,
        at=NOW,
    )

    mark_told(message=message, on=TODAY, by=None, at=NOW)
    mark_told(message=message, on=TODAY + timedelta(days=1), by=None, at=NOW)
    told = PlannedMessage.objects.get()
    assert (told.done_on, told.channel) == (TODAY, "poster")

    mark_told(message=message, on=None, by=None, at=NOW)
    assert PlannedMessage.objects.get().done_on is None


def test_the_plan_lies_in_order_of_time_by_month(dialogue):
    meeting = add(dialogue)
    letter = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 4, 30))
    poster = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 5, 4))

    april, may = by_month(plan_of(dialogue, at=NOW))

    assert [row.thing for row in april.rows] == [letter]
    assert [row.thing for row in may.rows] == [poster, meeting]


def test_overdue_is_what_should_have_been_done(dialogue):
    meeting = add(dialogue)
    letter = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 5, 4))

    def overdue(at):
        return [row.thing for row in plan_of(dialogue, at=at, state="overdue")]

    assert overdue(MONDAY + timedelta(hours=1)) == []
    assert overdue(MONDAY + timedelta(hours=3)) == [meeting]
    assert overdue(MONDAY + timedelta(days=1)) == [letter, meeting]


def test_the_plan_is_filtered_and_searched(dialogue):
    leader = team_member(dialogue)
    meeting = add(dialogue, place="Bygdegården", responsible=leader)
    letter = PlannedMessageFactory(dialogue=dialogue, done_on=TODAY)

    def found(**wanted):
        return [row.thing for row in plan_of(dialogue, at=NOW, **wanted)]

    assert found(what="activity") == [meeting]
    assert found(what="message") == [letter]
    assert found(state="open") == [meeting]
    assert found(state="done") == [letter]
    assert found(words="bygdegården möte") == [meeting]
    assert found(responsible=leader.pk) == [meeting]


def test_what_is_late_and_mine_stands_in_today(dialogue):
    leader, other = team_member(dialogue), team_member(dialogue)
    add(dialogue, responsible=leader)
    add(dialogue, title="Promenad", responsible=other)
    PlannedMessageFactory(dialogue=dialogue, text="Att vi börjar", due_on=date(2026, 5, 4))

    def titles(at):
        return [(item.title, item.is_overdue) for item in items_of(plan_items(leader, at))]

    assert titles(MONDAY - timedelta(days=8)) == []
    soon = titles(MONDAY - timedelta(days=1))
    assert [is_overdue for _, is_overdue in soon] == [False, False]
    late = titles(MONDAY + timedelta(days=1))
    assert [is_overdue for _, is_overdue in late] == [True, True]
    assert "Öppet möte" in late[0][0]
    assert "Att vi börjar" in late[1][0]
    assert items_of(plan_items(UserFactory(), MONDAY)) == []


def test_residents_are_told_of_what_comes_also_when_it_is_called_off(dialogue):
    shown = add(dialogue, is_public=True)
    add(dialogue, title="Teamets möte")
    add(dialogue, is_public=True, state=ActivityState.DONE, title="Redan hållet")
    off = add(
        dialogue, is_public=True, state=ActivityState.CANCELLED, state_reason="Storm", title="Vind"
    )

    assert list(coming_activities(dialogue, at=NOW)) == [shown, off]
    assert list(coming_activities(dialogue, at=MONDAY + timedelta(days=1))) == []


def test_public_activities_are_in_everybodys_calendar_and_all_in_the_teams(dialogue):
    add(dialogue, title="Öppet möte", is_public=True)
    add(dialogue, title="Teamets möte")

    def titles(*, for_team):
        return {
            one.title.removeprefix(f"{dialogue.title}: ")
            for one in _dates_of([dialogue], for_team=for_team)
        }

    assert "Öppet möte" in titles(for_team=False)
    assert "Teamets möte" not in titles(for_team=False)
    assert {"Öppet möte", "Teamets möte"} <= titles(for_team=True)


@pytest.mark.parametrize(
    ("days", "clock"),
    [(0, "18:00"), (-41, "18:00"), (-60, "18:00"), (180, "18:00")],
)
def test_a_moved_time_keeps_its_clock_over_summer_time(days, clock):
    assert f"{to_swedish(shift(MONDAY, days)):%H:%M}" == clock


def test_a_time_moved_into_the_hour_that_is_left_out_comes_an_hour_later():
    night = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)  # half past two on a Saturday

    assert to_swedish(shift(night, 1)).isoformat() == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-01-15T18:00", datetime(2026, 1, 15, 17, tzinfo=UTC)),
        ("2026-07-15 18:00", datetime(2026, 7, 15, 16, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice
    ],
)
def test_times_are_typed_as_a_clock_in_sweden_tells_them(typed, expected):
    assert MomentField().clean(typed) == expected


@pytest.mark.parametrize(
    "typed", ["2026-03-29T02:30", "2026-02-30T10:00", "igår", "0001-01-01T00:00", "9" * 400]
)
def test_times_that_there_are_not_get_a_message(dialogue, typed):
    fields = {"title": "Möte", "kind": "meeting", "starts_at": typed, "ends_at": "2026-05-04T20:00"}

    form = ActivityForm(fields, dialogue=dialogue)

    assert set(form.errors) == {"starts_at"}


def test_an_end_before_the_start_and_a_cost_below_nothing_get_a_message(dialogue):
    fields = {
        "title": "Möte",
        "kind": "meeting",
        "starts_at": "2026-05-04T20:00",
        "ends_at": "2026-05-04T18:00",
        "cost": "-1",
    }

    assert set(ActivityForm(fields, dialogue=dialogue).errors) == {"ends_at", "cost"}


def test_moving_the_start_moves_what_is_not_fixed_done_or_cancelled(dialogue):
    loose = add(dialogue)
    fixed = add(dialogue, is_fixed=True)
    held = add(dialogue, state=ActivityState.DONE)
    letter = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 5, 11))
    told = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 4, 1), done_on=TODAY)

    move(dialogue, date(2026, 5, 18))

    for thing in (loose, fixed, held, letter, told):
        thing.refresh_from_db()
    assert to_swedish(loose.starts_at).isoformat() == "2026-05-18T18:00:00+02:00"
    assert loose.ends_at - loose.starts_at == timedelta(hours=2)
    assert letter.due_on == date(2026, 5, 25)
    assert fixed.starts_at == held.starts_at == MONDAY
    assert told.due_on == date(2026, 4, 1)


def test_what_stood_on_a_working_day_stays_on_one(dialogue):
    add(dialogue)

    preview = preview_move(dialogue, date(2026, 5, 14))  # Ascension Day
    [row] = preview.moved

    assert (row.new_day, row.is_pushed) == (date(2026, 5, 15), True)


def test_a_plan_changed_since_the_preview_is_not_moved(dialogue):
    add(dialogue)
    shown = preview_move(dialogue, date(2026, 5, 18)).digest
    add(dialogue, title="Ett till")

    with pytest.raises(PlanHasChangedError):
        move_plan(dialogue=dialogue, first_day=date(2026, 5, 18), shown=shown, by=None, at=NOW)
    assert set(Activity.objects.values_list("starts_at", flat=True)) == {MONDAY}


def test_a_move_is_undone_and_what_was_changed_since_stays(dialogue):
    kept, changed = add(dialogue), add(dialogue, title="Ändras sedan")
    letter = PlannedMessageFactory(dialogue=dialogue, due_on=date(2026, 5, 11))
    moved = move(dialogue, date(2026, 5, 18))
    later = MONDAY + timedelta(days=30)
    Activity.objects.filter(pk=changed.pk).update(
        starts_at=later, ends_at=later + timedelta(hours=1)
    )

    assert undo_move(move=moved, by=None, at=NOW) == 1

    for thing in (kept, changed, letter):
        thing.refresh_from_db()
    assert (kept.starts_at, changed.starts_at, letter.due_on) == (MONDAY, later, date(2026, 5, 11))
    with pytest.raises(AlreadyUndoneError):
        undo_move(move=moved, by=None, at=NOW)


def test_nothing_is_moved_where_nothing_is_loose_or_the_day_is_the_same(dialogue):
    add(dialogue, is_fixed=True)
    assert preview_move(dialogue, TODAY) is None
    with pytest.raises(NothingToMoveError):
        move_plan(dialogue=dialogue, first_day=TODAY, shown="", by=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanMove.objects.create(dialogue=dialogue, days=0, moved=[], at=NOW)
    same = MoveForm({"first_day": "2026-05-04"}, begins=date(2026, 5, 4))
    far = MoveForm({"first_day": "2126-05-04"}, begins=date(2026, 5, 4))
    assert set(same.errors) == set(far.errors) == {"first_day"}


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (DialogueForm.SIMPLE, StepKind.BEFORE),
        (DialogueForm.AREA, StepKind.BEFORE),
        (DialogueForm.COMPLEX, StepKind.PREPARATION),
    ],
)
def test_each_form_begins_with_a_plan_counted_back_in_working_days(form, kind):
    dialogue = dialogue_in(kind, form=form)
    decision = dialogue.mandate.feeds_on
    at = datetime(2025, 6, 2, 9, tzinfo=UTC)

    count = begin_plan(dialogue=dialogue, by=UserFactory(), at=at)
    again = begin_plan(dialogue=dialogue, by=UserFactory(), at=at)

    paper = Activity.objects.get(starter_code="decision-paper")
    assert to_swedish(paper.starts_at).date() == working_days_before(decision, 15)
    assert Activity.objects.count() + PlannedMessage.objects.count() == count > 8
    assert again == 0
    assert all(is_working_day(row.day) for row in plan_of(dialogue, at=at))
    assert not Activity.objects.filter(step=None).exists()
    assert not PlannedMessage.objects.filter(step=None).exists()


def test_what_should_have_been_done_already_is_put_on_the_next_working_day(dialogue):
    at = datetime(2026, 11, 6, 9, tzinfo=UTC)  # a Friday, four working days before the decision

    plan = starter_plan(dialogue, at=at)

    assert {one.day for one in plan.late} == {date(2026, 11, 9)}
    assert all(one.day > date(2026, 11, 6) for one in plan.suggestions)


def test_without_a_day_in_the_mandate_there_is_no_starter_plan(dialogue):
    Mandate.objects.filter(dialogue=dialogue).update(feeds_on=None, feedback_on=None)
    dialogue.mandate.refresh_from_db()

    with pytest.raises(NoDayToCountFromError):
        begin_plan(dialogue=dialogue, by=None, at=NOW)
    assert not Activity.objects.exists()


def test_the_picture_has_a_lane_per_step_and_tells_what_is_in_each(dialogue):
    step = dialogue.steps.get(kind=StepKind.PREPARATION)
    add(dialogue, step=step, title="Möte <b>")
    add(dialogue, title="Utanför")
    add(dialogue, title="Inställt", state=ActivityState.CANCELLED, state_reason="Storm")
    PlannedMessageFactory(dialogue=dialogue, step=step, done_on=TODAY)
    rows, steps = plan_of(dialogue, at=NOW), list(steps_with_dates(dialogue))

    picture = draw_plan(rows, steps, today=TODAY)

    assert picture.count('class="timeplan-lane"') == 4  # two lanes, drawn wide and narrow
    assert "Möte &lt;b&gt;" in picture
    key = 1
    assert picture.count('data-state="off"') == 2 + key
    assert draw_plan([], steps, today=TODAY) == ""


def test_the_public_page_shows_a_coming_activity_in_swedish_time(client, dialogue):
    starts_at = datetime(2090, 7, 3, 16, tzinfo=UTC)
    add(
        dialogue,
        title="Öppet möte",
        is_public=True,
        place="Bygdegården",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        languages=["sv", "ar", "fit"],
    )

    text = client.get(dialogue.get_absolute_url()).content.decode()

    assert "Öppet möte" in text
    assert "18:00" in text
    assert "Svenska, العربية, Meänkieli" in text
