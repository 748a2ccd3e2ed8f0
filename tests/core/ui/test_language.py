import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import override_settings

PAGE = "/komponenter/"
WITH_ARABIC = [*settings.LANGUAGES, ("ar", "العربية")]


def html(response):
    return BeautifulSoup(response.content, "html.parser")


def test_swedish_is_spoken_to_whom_has_not_chosen(client):
    response = client.get(PAGE, headers={"accept-language": "en"})
    assert html(response).html["lang"] == "sv"
    assert response.headers["Content-Language"] == "sv"
    assert "brygga_language" not in response.cookies


def test_asking_for_a_language_gives_it_and_keeps_it(client):
    response = client.get(PAGE, {"lang": "en"})
    assert html(response).html["lang"] == "en"
    assert response.cookies["brygga_language"].value == "en"
    assert html(client.get(PAGE)).html["lang"] == "en"


def test_no_cache_gives_one_readers_language_to_another(client):
    assert "Cookie" in client.get(PAGE).headers["Vary"]


def test_an_unknown_language_changes_nothing(client):
    client.get(PAGE, {"lang": "en"})
    response = client.get(PAGE, {"lang": "xx"})
    assert html(response).html["lang"] == "en"
    assert "brygga_language" not in response.cookies


def test_a_forged_cookie_gives_swedish(client):
    client.cookies["brygga_language"] = "../../etc"
    assert html(client.get(PAGE)).html["lang"] == "sv"


def test_every_language_is_told_to_search_engines(client):
    links = html(client.get(PAGE)).select("link[rel=alternate][hreflang]")
    assert {link["hreflang"]: link["href"] for link in links} == {
        code: f"{settings.BRYGGA_ADDRESS}{PAGE}?lang={code}" for code in ("sv", "en")
    }


def test_the_switch_keeps_the_rest_of_the_address(client):
    soup = html(client.get(PAGE, {"page": "3", "lang": "sv"}))
    switch = {link["lang"]: link for link in soup.select(".language a")}
    assert switch["en"]["href"] == "?page=3&lang=en"
    assert switch["sv"]["aria-current"] == "true"
    assert "aria-current" not in switch["en"].attrs


@override_settings(LANGUAGES=WITH_ARABIC)
def test_a_right_to_left_language_turns_the_page(client):
    soup = html(client.get(PAGE, {"lang": "ar"}))
    assert (soup.html["lang"], soup.html["dir"]) == ("ar", "rtl")


def test_a_voice_keeps_its_own_direction_on_a_swedish_page(client):
    quote = html(client.get(PAGE)).select_one("#quote blockquote[lang=ar]")
    assert quote["dir"] == "rtl"


@pytest.mark.parametrize(("asked", "kept"), [("dark", "dark"), ("light", "light")])
def test_a_chosen_theme_is_shown_and_kept(client, asked, kept):
    assert html(client.get(PAGE, {"theme": asked})).html["data-theme"] == kept
    assert html(client.get(PAGE)).html["data-theme"] == kept


def test_the_theme_follows_the_device_until_chosen_and_again_after_auto(client):
    assert "data-theme" not in html(client.get(PAGE, {"theme": "pink"})).html.attrs
    client.get(PAGE, {"theme": "dark"})
    assert "data-theme" not in html(client.get(PAGE, {"theme": "auto"})).html.attrs
    assert "data-theme" not in html(client.get(PAGE)).html.attrs
