"""Docs are proved: what an operator or a developer can meet is written down somewhere."""

import re

from django.apps import apps

from brygga.accounts import rules as organisation_rules
from brygga.config.environment import SETTINGS
from brygga.config.reference import settings_page
from brygga.config.rights_reference import permissions_page
from brygga.dialogues import rules as dialogue_rules
from tests.architecture.floors import ROOT, SOURCE

CONCEPTS = (ROOT / "docs/concepts.md").read_text()


def test_every_setting_is_on_the_settings_page():
    page = (ROOT / "docs/reference/settings.md").read_text()
    assert page == settings_page(), "run `make docs`"
    assert all(setting.name in page for setting in SETTINGS)


def test_every_right_is_on_the_page_of_rights():
    page = (ROOT / "docs/reference/permissions.md").read_text()
    assert page == permissions_page(), "run `make docs`"
    rights = {*organisation_rules.GRANTS, *dialogue_rules.GRANTS}
    assert all(f"`{right}`" in page for right in rights)


def test_every_setting_that_is_read_is_declared():
    declared = {setting.name for setting in SETTINGS}
    read = {
        name
        for path in SOURCE.rglob("*.py")
        for name in re.findall(
            r"""(?:environ(?:\.get\(|\[)|CURRENT\.\w+\()\s*["']([A-Z_]+)["']""", path.read_text()
        )
        if name.startswith(("BRYGGA_", "DATABASE_"))
    }
    assert read <= declared


def test_every_model_is_in_the_glossary():
    missing = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("brygga.") and f"`{model._meta.label}`" not in CONCEPTS
    ]
    assert missing == []


def test_the_glossary_names_no_model_that_is_gone():
    labels = {model._meta.label for model in apps.get_models()}
    named = set(re.findall(r"`((?:[a-z]+)\.[A-Z]\w+)`", CONCEPTS))
    assert named - labels == set()


def test_decisions_are_numbered_without_gaps_and_say_their_status():
    pages = sorted((ROOT / "docs/adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    assert all("**Status**" in page.read_text() for page in pages)


def test_links_in_the_docs_lead_somewhere():
    pages = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_command_is_described_somewhere():
    docs = "".join(page.read_text() for page in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])
    own = {
        path.stem
        for path in SOURCE.rglob("management/commands/*.py")
        if not path.stem.startswith("_")
    }
    words = re.findall(r'add_parser\(\s*"(\w+)"', (SOURCE / "config/commandline.py").read_text())
    missing = [name for name in {*own, *words} if not re.search(rf"`[^`]*\b{name}\b[^`]*`", docs)]
    assert missing == []


def test_every_make_target_is_listed_with_what_it_does():
    text = (ROOT / "Makefile").read_text()
    described = set(re.findall(r"^([a-z-]+):.*?## ", text, re.MULTILINE))
    asked = {
        "install",
        "demo",
        "test",
        "check-clean",
        "sweep",
        "lint",
        "bench",
        "bench-full",
        "docs",
    }
    assert asked <= described
