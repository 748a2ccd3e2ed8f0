"""Rules about the text of our own sources, each shown to catch a breach."""

import ast
import re

import pytest

from tests.architecture.floors import ROOT, SOURCE, area_of, may_use

MAX_FILE = 300
MAX_FUNCTION = 40
MAX_TEMPLATE = 120
CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.today",
    "date.today",
    "time.time",
    "datetime.utcnow",
}
MAY_READ_THE_CLOCK = {"asgi", "views", "tasks", "management", "config", "backend", "adapter"}


def sources():
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE)), path.read_text()


def templates():
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield str(path.relative_to(SOURCE)), path.read_text()


def dotted(node):
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def too_long(name, text):
    if len(text.splitlines()) > MAX_FILE:
        yield f"{name} has {len(text.splitlines())} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > MAX_FUNCTION:
                yield f"{name}: {node.name} has {length} lines"


def queries_in_views(name, text):
    if "views" not in name.replace(".py", "").split("/"):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield f"{name}:{node.lineno} uses .objects"


def clocks_read(name, text):
    if MAY_READ_THE_CLOCK & set(name.replace(".py", "").split("/")):
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and dotted(node.func).removeprefix("django.utils.") in CLOCKS:
            yield f"{name}:{node.lineno} reads the clock"


def translations_in_engines(name, text):
    if name.startswith("engines/") and "gettext" in text:
        yield f"{name} translates"


def signals_and_save(name, text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name == "save" and "models" in name:
            yield f"{name}:{node.lineno} overrides save()"
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "django.db.models.signals"
        ):
            yield f"{name}:{node.lineno} uses signals"


def unreasoned_exemptions(name, text):
    """A reason follows the code, after a dash or in a comment of its own."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(r"#\s*(?:noqa|type: ignore|pragma)(.*)", line)
        reason = re.split(r" - |–|#", found[1], maxsplit=1)[1:] if found else ["not needed here"]
        if len(re.findall(r"\w+", "".join(reason))) < 2:
            yield f"{name}:{number} has no reason: {line.strip()}"


def leftovers(name, text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line):
            yield f"{name}:{number} left over"
    if name.endswith(("utils.py", "helpers.py", "misc.py")):
        yield f"{name} is named after nothing"


RULES = {
    too_long: ("accounts/models/x.py", "x = 1\n" * 301),
    queries_in_views: ("dialogues/views/public.py", "Dialogue.objects.all()"),
    clocks_read: ("dialogues/operations/x.py", "timezone.now()"),
    translations_in_engines: ("engines/risk/x.py", "from django.utils.translation import gettext"),
    signals_and_save: ("dialogues/models/x.py", "class A:\n  def save(self): ...\n"),
    unreasoned_exemptions: ("core/x.py", "x = 1  # noqa: E501\n"),
    leftovers: ("core/utils.py", ""),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_sources_keep_the_rule(rule):
    assert [fault for name, text in sources() for fault in rule(name, text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_breach_of_the_rule_is_caught(rule):
    assert list(rule(*RULES[rule]))


def upward_templates(name, text):
    """Includes, parents and components come from the own app or from a lower floor."""
    app = name.split("/templates/")[0]
    used = re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", text)
    for template in used:
        if template.startswith("django/"):
            continue  # Django's own form templates, some of which we replace
        homes = [
            area_of(str(path.relative_to(SOURCE)).split("/templates/")[0])
            for path in SOURCE.rglob(f"templates/{template}")
        ]
        if not any(may_use(app, home) for home in homes):
            yield f"{name} uses {template} from {homes or 'nowhere'}"


def long_templates(name, text):
    if len(text.splitlines()) > MAX_TEMPLATE:
        yield f"{name} has {len(text.splitlines())} lines"


def untrimmed_translations(name, text):
    for block in re.findall(r"{%\s*blocktrans(?:late)?\b[^%]*%}", text):
        if "trimmed" not in block:
            yield f"{name}: {block}"


def inline_code(name, text):
    if name == "core/mail/templates/mail/base.html":  # a letter has no stylesheet to point at
        return
    for found in re.findall(r"<[^>{]+\s(?:style|on\w+)=", text):
        yield f"{name}: {found}"
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", text):
        if "src=" not in tag and "nonce=" not in tag and "application/json" not in tag:
            yield f"{name}: {tag}"


TEMPLATE_RULES = {
    upward_templates: ("dialogues/templates/dialogues/x.html", '{% include "portal/home.html" %}'),
    long_templates: ("core/ui/templates/x.html", "\n" * 130),
    untrimmed_translations: ("core/ui/templates/x.html", "{% blocktranslate %}x"),
    inline_code: ("core/ui/templates/x.html", '<p style="color: red">'),
}


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=lambda rule: rule.__name__)
def test_our_templates_keep_the_rule(rule):
    assert [fault for name, text in templates() for fault in rule(name, text)] == []


@pytest.mark.parametrize("rule", TEMPLATE_RULES, ids=lambda rule: rule.__name__)
def test_a_template_that_breaks_the_rule_is_caught(rule):
    assert list(rule(*TEMPLATE_RULES[rule]))


def test_every_template_is_used_somewhere():
    everything = "".join(text for _, text in [*sources(), *templates()])
    found_by_django = re.compile(
        r"^(\d{3}|403_csrf)\.html$|^(cotton|account|mfa|socialaccount|django|ui/examples|mail|allauth)/"
    )
    unused = [
        name
        for path in sorted(SOURCE.rglob("templates/**/*.html"))
        if not found_by_django.match(name := str(path).split("/templates/")[1])
        and f'"{name}"' not in everything
    ]
    assert unused == []


def test_the_readme_stays_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 60
