from pathlib import Path

import pytest

from brygga.core.ui import translations

PO = """msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A source tree with one app, which asks for a plain text, a plural and a template's text."""
    root = tmp_path / "src" / "house"
    (root / "porch" / "templates").mkdir(parents=True)
    (root / "porch" / "apps.py").write_text("")
    (root / "porch" / "views.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext\n"
        'title = _("Porch")\n'
        'text = ngettext("%(n)d lamp", "%(n)d lamps", 2)\n'
    )
    (root / "porch" / "templates" / "porch.html").write_text(
        '{% load i18n %}\n  <c-card title="{% translate "Bench" %}">\n'
        "{% blocktranslate trimmed %}\n  Sit\n  down\n{% endblocktranslate %}</c-card>\n"
    )
    (root / "shed.py").write_text('from gettext import gettext\ngettext("Tool")\n')
    return root


def po(house: Path) -> Path:
    return house / "porch" / "locale" / "sv" / "LC_MESSAGES" / "django.po"


def update(house: Path) -> None:
    for app, wanted in translations.extract_catalogs(house, house / "porch").items():
        translations.update_po(app, wanted)


def faults(house: Path) -> list[str]:
    return translations.find_faults(house, house / "porch")


def fill(house: Path, **extra: str) -> None:
    given = {
        "Porch": "Farstu",
        "Bench": "Bänk",
        "Sit down": "Sätt dig",
        "Tool": "Verktyg",
        **extra,
    }
    entries = "".join(f'\nmsgid "{key}"\nmsgstr "{value}"\n' for key, value in given.items())
    plural = (
        '\nmsgid "%(n)d lamp"\nmsgid_plural "%(n)d lamps"\n'
        'msgstr[0] "%(n)d lampa"\nmsgstr[1] "%(n)d lampor"\n'
    )
    po(house).parent.mkdir(parents=True, exist_ok=True)
    po(house).write_text(PO + entries + plural, encoding="utf-8")


def test_every_marked_text_is_found_in_its_app(house: Path) -> None:
    catalogs = translations.extract_catalogs(house, house / "porch")
    assert {(app.name, message.id) for app, catalog in catalogs.items() for message in catalog} == {
        ("porch", ""),
        ("porch", "Porch"),
        ("porch", ("%(n)d lamp", "%(n)d lamps")),
        ("porch", "Bench"),
        ("porch", "Sit down"),
        ("porch", "Tool"),
    }


def test_update_keeps_translations_and_drops_what_is_unused(house: Path) -> None:
    fill(house, Gone="Borta", Bench="")
    update(house)
    assert faults(house) == ["porch: empty: Bench"]
    assert "Borta" not in po(house).read_text(encoding="utf-8")
    assert "Farstu" in po(house).read_text(encoding="utf-8")


def test_update_writes_the_same_bytes_twice(house: Path) -> None:
    update(house)
    first = po(house).read_bytes()
    update(house)
    assert po(house).read_bytes() == first


def test_complete_texts_have_no_faults(house: Path) -> None:
    fill(house)
    assert faults(house) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (('"Farstu"', '""'), "porch: empty: Porch"),
        (('msgid "Porch"', 'msgid "Attic"'), "porch: missing: Porch"),
        (('msgid "Porch"', 'msgid "Attic"'), "porch: unused: Attic"),
        (('msgid "Porch"', '#, fuzzy\nmsgid "Porch"'), "porch: fuzzy: Porch"),
        (('"%(n)d lampor"', '"%(m)d lampor"'), "porch: unknown placeholder: %(n)d lamp"),
        (('"%(n)d lampor"', '"lampor"'), "porch: lost placeholder: %(n)d lamp"),
    ],
)
def test_each_fault_is_named(house: Path, change: tuple[str, str], fault: str) -> None:
    fill(house)
    po(house).write_text(po(house).read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    assert fault in faults(house)


def test_two_apps_may_not_translate_one_text_in_two_ways(house: Path) -> None:
    fill(house)
    attic = house / "attic"
    attic.mkdir()
    (attic / "apps.py").write_text('from gettext import gettext as _\nname = _("Porch")\n')
    other = attic / "locale" / "sv" / "LC_MESSAGES" / "django.po"
    other.parent.mkdir(parents=True)
    other.write_text(f'{PO}\nmsgid "Porch"\nmsgstr "Veranda"\n', encoding="utf-8")
    assert faults(house) == ["porch: translated otherwise than in attic: Porch"]


def test_compiling_writes_only_what_is_stale(house: Path) -> None:
    fill(house)
    assert translations.compile_stale(house) == 1
    assert po(house).with_suffix(".mo").read_bytes().startswith(b"\xde\x12\x04\x95")
    assert translations.compile_stale(house) == 0


def test_the_houses_own_texts_are_all_in_swedish() -> None:
    assert [fault for fault in translations.find_faults() if fault.startswith("core.ui:")] == []
