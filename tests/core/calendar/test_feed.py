from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from brygga.core.calendar import CalendarDate, write_calendar

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MEETING = CalendarDate(
    uid="activity-abc",
    title="Möte; om skolan, bussen\\vägen",
    first=datetime(2026, 7, 1, 16, 30, tzinfo=UTC),
    last=datetime(2026, 7, 1, 18, 0, tzinfo=UTC),
    text="Första raden\nAndra raden\r\nBEGIN:VEVENT",
    place="Bygdegården, Sjöviken",
    url="https://brygga.example/dialoger/x/",
)


def written(*dates):
    return write_calendar("Byskolan", dates, host="brygga.example", at=AT)


def read(*dates):
    return Calendar.from_ical(written(*dates))


def event_of(*dates):
    [event] = read(*dates).walk("VEVENT")
    return event


def test_a_last_day_is_inclusive():
    event = event_of(CalendarDate("step-1", "Samtal", date(2026, 3, 2), date(2026, 3, 31)))
    assert event.decoded("DTSTART") == date(2026, 3, 2)
    assert event.decoded("DTEND") == date(2026, 4, 1)
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_one_day_is_one_day():
    event = event_of(CalendarDate("step-1", "Beslut", date(2026, 12, 31)))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        date(2026, 12, 31),
        date(2027, 1, 1),
    )


def test_times_are_swedish_and_the_file_says_what_that_means():
    calendar = read(MEETING)
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    stockholm = ZoneInfo("Europe/Stockholm")
    assert event.decoded("DTSTART") == datetime(2026, 7, 1, 18, 30, tzinfo=stockholm)
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Stockholm"
    offsets = {part["TZOFFSETTO"].to_ical() for part in zone.walk() if "TZOFFSETTO" in part}
    assert offsets >= {"+0100", "+0200"}


def test_an_event_has_what_the_standard_wants():
    event = event_of(MEETING)
    assert event["UID"] == "activity-abc@brygga.example"
    assert event.decoded("DTSTAMP") == AT
    assert event["STATUS"] == "CONFIRMED"
    assert event.decoded("SEQUENCE") == 0
    assert b"PRODID:" in written(MEETING)
    assert b"VERSION:2.0\r\n" in written(MEETING)


def test_what_is_called_off_is_cancelled_under_the_same_uid():
    off = CalendarDate("activity-abc", "Möte", date(2026, 3, 2), is_cancelled=True, changes=2)
    event = event_of(off)
    assert event["UID"] == event_of(MEETING)["UID"]
    assert event["STATUS"] == "CANCELLED"
    assert event.decoded("SEQUENCE") == 3


def test_no_text_breaks_out_of_its_line():
    event = event_of(MEETING)
    assert event["SUMMARY"] == MEETING.title
    assert event["DESCRIPTION"].replace("\r\n", "\n") == "Första raden\nAndra raden\nBEGIN:VEVENT"
    assert written(MEETING).count(b"\r\nBEGIN:VEVENT\r\n") == 1


@pytest.mark.parametrize("letter", ["å", "字", "😀", "x"])
def test_lines_are_folded_at_75_bytes_and_come_back_whole(letter):
    long = CalendarDate("x", letter * 400, date(2026, 3, 2))
    assert max(len(line) for line in written(long).split(b"\r\n")) <= 75
    assert event_of(long)["SUMMARY"] == letter * 400


def test_dates_stand_in_order_of_time():
    names = [
        str(event["SUMMARY"])
        for event in read(
            MEETING,
            CalendarDate("b", "Sen", date(2026, 8, 1)),
            CalendarDate("a", "Tidig", AT.date()),
        ).walk("VEVENT")
    ]
    assert names == ["Tidig", MEETING.title, "Sen"]


def test_nothing_planned_is_a_calendar_too():
    assert read().walk("VEVENT") == []
