from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brygga.core.text import Finding, Kind, personal_data
from brygga.core.text.personal_numbers import passes_luhn

DAYS = st.dates(date(1890, 1, 1), date(2025, 12, 31))
WORDS = ["Vi", "tycker", "att", "bussen", "ska", "gå", "förbi", "skolan", "på", "kvällen"]
FILLERS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


def found(text: str) -> list[tuple[Kind, str]]:
    return [(finding.kind, text[finding.start : finding.end]) for finding in personal_data(text)]


def check_digit(nine: str) -> str:
    return next(digit for digit in "0123456789" if passes_luhn(nine + digit))


@st.composite
def personal_numbers(draw: st.DrawFn) -> str:
    """Any day and number, as a personal or coordination number, in any of the usual spellings."""
    born = draw(DAYS)
    day = born.day + draw(st.sampled_from([0, 60]))
    serial = draw(st.integers(1, 999))
    short = f"{born:%y%m}{day:02}"
    last = f"{serial:03}"
    last += check_digit(short + last)
    mark = draw(st.sampled_from(["-", "", " ", "+", "–", " - ", "\u00a0"]))
    within = draw(st.sampled_from(["", "", "", "-", "."])) if mark.strip() else ""
    century = draw(st.sampled_from(["", f"{born.year // 100}"]))
    return f"{century}{born:%y}{within}{born:%m}{within}{day:02}{mark}{last}"


@given(FILLERS, personal_numbers(), FILLERS)
def test_a_personal_number_is_found_in_any_spelling_and_sentence(
    before: str, number: str, after: str
) -> None:
    text = f"{before} {number} {after}."
    assert found(text) == [(Kind.PERSONAL_NUMBER, number)]


@given(personal_numbers(), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_personal_number(number: str, more: int) -> None:
    wrong = f"{number[:-1]}{(int(number[-1]) + more) % 10}"
    assert Kind.PERSONAL_NUMBER not in [kind for kind, _ in found(wrong)]


@pytest.mark.parametrize(
    "text",
    [
        "811228-9874",
        "19811228-9874",
        "198112289874",
        "8112289874",
        "811228+9874",
        "811228 9874",
        "1981-12-28-9874",
        "811288-9848",
        "000229-1235",
    ],
)
def test_well_known_spellings_are_found(text: str) -> None:
    assert found(f"Mitt nummer är {text}, ring gärna.") == [(Kind.PERSONAL_NUMBER, text)]


@pytest.mark.parametrize("text", ["811328-9873", "811232-9878", "19000229-1235", "811260-9873"])
def test_a_day_that_does_not_exist_is_no_personal_number(text: str) -> None:
    assert Kind.PERSONAL_NUMBER not in [kind for kind, _ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "amina@exempel.se",
        "amina.b+skola@post.exempelby.se",
        "åsa@ängsö.se",
        "amina (at) exempel.se",
        "amina[snabel-a]exempel.se",
    ],
)
def test_an_email_address_is_found(text: str) -> None:
    assert found(f"Skriv till {text}. Tack!") == [(Kind.EMAIL, text)]


@pytest.mark.parametrize(
    "text",
    [
        "070-123 45 67",
        "0701234567",
        "070 123 45 67",
        "070-123-45-67",
        "070 - 123 45 67",
        "08-123 456 78",
        "08-123 45 67",
        "(08) 123 45 67",
        "031-12 34 567",
        "0490-123 45",
        "0490/123 45",
        "011-12 34 56",
        "+46 70 123 45 67",
        "+46 8 123 456 78",
        "+46701234567",
        "+46 (0)70-123 45 67",
        "0046 70 123 45 67",
        "+47 912 34 567",
        "+358 40 123 4567",
    ],
)
def test_a_phone_number_is_found(text: str) -> None:
    assert found(f"Mitt nummer: {text}. Hej!") == [(Kind.PHONE, text)]
    ((kind, number),) = found(f"Nå mig på {text} 12 dagar framåt")
    assert (kind, number[: len(text)]) == (Kind.PHONE, text)


def test_a_number_without_area_code_is_found_after_a_word_for_phone() -> None:
    assert found("Ring mig på 123 45 67!") == [(Kind.PHONE, "123 45 67")]
    assert found("tel. 12 34 56") == [(Kind.PHONE, "12 34 56")]
    assert found("Det finns 123 45 67") == []


@pytest.mark.parametrize(
    "text",
    [
        "Storgatan 12",
        "Kungsgatan 5A",
        "Kungsgatan 5 b",
        "storgatan 3",
        "Ängsvägen 114",
        "Kyrkogränd 2",
        "Stora vägen 3",
        "Sankt Eriks gata 7",
        "Karl Johans torg 3",
        "Lillstigen nr 4",
        "Byvägen 1234",
    ],
)
def test_a_street_with_a_number_is_found(text: str) -> None:
    (kind, address), *others = found(f"Jag bor på {text}, vid parken.")
    assert (kind, others) == (Kind.ADDRESS, [])
    assert text.endswith(address)
    assert address[-1] == text[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Mötet är 2026-03-12 kl. 18.30–20.00.",
        "Mötet är 2026-03-12 1802 i aulan.",
        "Svara senast den 12 mars 2026 eller 12/3 2026.",
        "Den 08-12-2026 och 03.12.2026 är stängda.",
        "Dnr KS 2026/123 och KS-2026-00123, SN 2026/00123-4.",
        "Dnr 0490-12345 och diarienummer: 070-1234567.",
        "Det kostar 1 200 000 kr, eller 0,75 procent, +15 000 000 kr mer.",
        "Andelen är 0,123456789 och 3,14159265358979.",
        "Bankgiro 5555-1234, plusgiro 070 12 34 56-7, org.nr 212000-0142.",
        "Buss 512 går 07:15 och 15:40, läsåret 2026-2027.",
        "811218-9877 har fel kontrollsiffra.",
        "Buss 401, linje 4 och 70 stannar på Storgatan.",
        "Öppet 08-17, lördagar 08-12 och söndagar 10-14.",
        "Riksväg 40, länsväg 222, E4 och Järnvägen 2.",
        "Bygg om Storgatan 2027, Skolvägen 3 gånger eller Byvägen 2 km.",
        "Cykelvägen 4 meter bred. Storgatan 12 mars. Storgatan 14.30.",
        "Hallen 3, föreningen 5, utställningen 2 och regeringen 1.",
        "Ring 112 eller 114 14. Sms 1177.",
        "Postnummer 123 45 Exempelby, 540 svar av 1 200.",
        "Se https://exempelby.se/dialoger/skolan-2026-03-12/0701 och @exempelby.",
        "ISBN 978-91-7000-150-9, fastighet Berga 1:23, plan 5.",
        "Vi är 01, 02, 03, 04 och 05 i årskull 2001-2005.",
    ],
)
def test_everyday_numbers_are_left_alone(text: str) -> None:
    assert found(text) == []


@given(
    st.dates(date(1901, 1, 1)),
    st.sampled_from(["%Y-%m-%d", "%d/%m %Y", "%d-%m-%Y", "%d.%m.%Y", "%y%m%d"]),
)
def test_no_date_is_personal_data(day: date, form: str) -> None:
    assert found(f"Mötet den {day.strftime(form)} ställdes in.") == []


@given(st.integers(2000, 2030), st.integers(1, 99999), st.sampled_from(["KS", "BUN", "SN"]))
def test_no_diary_number_is_personal_data(year: int, number: int, series: str) -> None:
    for written in (f"{series} {year}/{number}", f"{series} {year}-{number:05}"):
        assert found(f"Se {written}.") == []


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from([" kr", " kronor", " mkr", " %"]))
def test_no_sum_of_money_is_personal_data(amount: object, unit: str) -> None:
    written = f"{amount:,}".replace(",", " ").replace(".", ",")
    assert found(f"Budgeten är {written}{unit} i år.") == []


def test_findings_come_in_order_and_do_not_overlap() -> None:
    text = "Amina, Storgatan 12, 070-123 45 67, amina@exempel.se, 811228-9874"
    assert found(text) == [
        (Kind.ADDRESS, "Storgatan 12"),
        (Kind.PHONE, "070-123 45 67"),
        (Kind.EMAIL, "amina@exempel.se"),
        (Kind.PERSONAL_NUMBER, "811228-9874"),
    ]
    assert personal_data("x 0701234567") == [Finding(Kind.PHONE, 2, 12)]


@given(st.text(st.sampled_from("0123456789 -+@.aåg/:()Sk\n"), max_size=80))
def test_spans_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for finding in personal_data(text):
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end


@pytest.mark.parametrize("piece", ["a", "0", "0 ", "a.", "aå-", "08-1", "@a.", "storgatan "])
def test_a_hostile_long_text_is_searched_to_its_end(piece: str) -> None:
    text = piece * 20_000 + " amina@exempel.se"
    assert (Kind.EMAIL, "amina@exempel.se") in found(text)
