"""A tool is told when a dialogue is published, and may stop it from being so by half."""

from datetime import date

import pytest

from brygga.core.audit.models import AuditRow
from brygga.dialogues.enums import DialogueState
from brygga.dialogues.models import ProcessLogEntry
from brygga.dialogues.operations.publication import publish_as_dialogue, publish_as_information
from brygga.dialogues.registry import Fact, Tool, ToolRegistry, registry
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW, dialogue_in


@pytest.fixture
def told(monkeypatch):
    """Let an example tool write down what it is told, beside the tools that are there."""
    calls = []
    example = Tool(
        name="example",
        label="Example",
        published=lambda dialogue, by, at: calls.append((dialogue.pk, dialogue.state, by, at)),
    )
    monkeypatch.setattr(registry, "tools", {**registry.tools, "example": example})
    return calls


@pytest.fixture
def draft(db):
    return dialogue_in(state=DialogueState.DRAFT)


def test_a_tool_is_told_that_a_dialogue_is_published(told, draft):
    leader = UserFactory()
    publish_as_dialogue(dialogue=draft, by=leader, at=NOW)
    assert told == [(draft.pk, DialogueState.PUBLISHED, leader, NOW)]


def test_publishing_as_information_promises_nothing(told, draft):
    publish_as_information(dialogue=draft, reason="Avgjort.", by=UserFactory(), at=NOW)
    assert told == []


def test_nothing_is_published_when_a_tool_cannot_begin(monkeypatch, draft):
    def fail(*_):
        raise RuntimeError

    example = Tool(name="example", label="Example", published=fail)
    monkeypatch.setattr(registry, "tools", {**registry.tools, "example": example})
    with pytest.raises(RuntimeError):
        publish_as_dialogue(dialogue=draft, by=UserFactory(), at=NOW)
    draft.refresh_from_db()
    assert draft.state == DialogueState.DRAFT
    assert not ProcessLogEntry.objects.filter(dialogue=draft).exists()
    assert not AuditRow.objects.filter(action="dialogue.publish").exists()


def test_a_fact_is_told_as_it_stands_on_a_day():
    tools = ToolRegistry()
    day = date(2026, 12, 1)
    tools.add(
        Tool(name="a", label="A", facts=lambda _, on: [Fact("Svar", "", is_overdue=on > day)])
    )
    tools.add(Tool(name="silent", label="B"))
    assert [fact.is_overdue for fact in tools.facts(None, date(2026, 12, 1))] == [False]
    assert [fact.is_overdue for fact in tools.facts(None, date(2026, 12, 2))] == [True]
