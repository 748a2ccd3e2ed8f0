from django.http import QueryDict
from django.test import RequestFactory

from brygga.core.http.typed import asked, posted, without_nul

REQUESTS = RequestFactory()


def test_nul_bytes_are_dropped_from_names_and_values():
    data = QueryDict(mutable=True)
    data.setlist("a\x00b", ["x\x00y", "z"])

    assert without_nul(data).getlist("ab") == ["xy", "z"]


def test_clean_data_pass_as_they_are():
    request = REQUESTS.get("/", {"q": "skola"})

    assert asked(request) is request.GET
    assert posted(request) is None


def test_a_sent_page_gives_its_fields_even_when_there_are_none():
    assert posted(REQUESTS.post("/")) == QueryDict()
