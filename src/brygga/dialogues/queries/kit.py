"""The invitation kit: what stands in a letter, a poster and on the web, in one language.

The team may change the words of an invitation. The facts beside them – who decides, how much can
be influenced, what is promised – come from the mandate each time, so that no invitation promises
more than the mandate gives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from brygga.accounts.enums import RecordRules
from brygga.core.text import lix
from brygga.core.ui.ladder import level_sentence
from brygga.dialogues.enums import DialogueState, FeedsKind, KitText, LadderLevel, Visibility
from brygga.dialogues.models import Dialogue, InvitationText, Mandate
from brygga.dialogues.queries.access import get_current_step
from brygga.dialogues.queries.mandates import get_mandate
from brygga.dialogues.registry import registry

LANGUAGES = ("sv", "en")
EASY = 40
ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class Words:
    """A heading and a text of the kit, as suggested or as the team has written them."""

    kind: KitText
    language: str
    heading: str
    heading_language: str
    text: str
    is_written: bool

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def paragraphs(self) -> list[str]:
        return [part for part in self.text.split("\n") if part.strip()]

    @property
    def lix(self) -> int:
        """Tell how heavy it is to read; an address is not read but followed."""
        return round(lix(ADDRESS.sub("", f"{self.heading}.\n\n{self.text}")))

    @property
    def is_easy(self) -> bool:
        return self.lix < EASY


@dataclass(frozen=True)
class Fact:
    """One thing that every invitation says, whatever the team writes."""

    term: str
    text: str
    language: str


@dataclass(frozen=True)
class Kit:
    language: str
    texts: dict[KitText, Words]
    facts: tuple[Fact, ...]
    record: str
    address: str
    short_address: str
    level: LadderLevel | None

    @property
    def speaks_another_language(self) -> bool:
        """Tell whether the dialogue's own words are in another language than the kit."""
        return any(words.heading_language != self.language for words in self.texts.values())

    @property
    def web_html(self) -> str:
        """Give the text for the web as HTML to paste elsewhere."""
        words = self.texts[KitText.WEB]
        lines = format_html_join("\n", "<p>{}</p>", ((part,) for part in words.paragraphs))
        facts = format_html_join(
            "\n",
            '<li><strong>{}:</strong> <span lang="{}">{}</span></li>',
            ((fact.term, fact.language, fact.text) for fact in self.facts),
        )
        link = format_html('<p><a href="{0}">{0}</a></p>', self.address)
        heading = format_html('<h2 lang="{}">{}</h2>', words.heading_language, words.heading)
        record = format_html("<p>{}</p>", self.record)
        return f"{heading}\n{lines}\n<ul>\n{facts}\n</ul>\n{link}\n{record}"

    @property
    def web_text(self) -> str:
        words = self.texts[KitText.WEB]
        facts = [f"{fact.term}: {fact.text}" for fact in self.facts]
        return "\n\n".join(
            [words.heading, *words.paragraphs, "\n".join(facts), self.address, self.record]
        )

    @property
    def short_text(self) -> str:
        words = self.texts[KitText.SHORT]
        return f"{words.heading}\n{words.text}"


def kit_of(dialogue: Dialogue, language: str, *, on: date) -> Kit:
    mandate = get_mandate(dialogue)
    level = _level(dialogue, mandate)
    written = {
        row.kind: row for row in InvitationText.objects.filter(dialogue=dialogue, language=language)
    }
    short_address = address_of("short", dialogue)
    with override(language):
        texts = {
            kind: _written(row) if (row := written.get(kind)) else suggest(dialogue, kind, level)
            for kind in KitText
        }
        return Kit(
            language=language,
            texts=texts,
            facts=tuple(_facts(dialogue, mandate, level, language, on)),
            record=_record(dialogue),
            address=f"{settings.BRYGGA_ADDRESS}{dialogue.get_absolute_url()}",
            short_address=short_address,
            level=level,
        )


def suggestion_for(dialogue: Dialogue, kind: KitText, language: str) -> Words:
    with override(language):
        return suggest(dialogue, kind, _level(dialogue, get_mandate(dialogue)))


def suggest(dialogue: Dialogue, kind: KitText, level: LadderLevel | None) -> Words:
    """Suggest a text in the language that is spoken now, out of the dialogue and its mandate."""
    language = get_language() or "sv"
    about = [dialogue.summary] if language == dialogue.language else []
    owner = dialogue.organisation.name
    ways = {
        KitText.LETTER: [*about, _opening(level, owner), _ask(level), *_how(level), owner],
        KitText.POSTER: [_ask(level), *_how(level)],
        KitText.WEB: [*about, _ask(level)],
        KitText.SHORT: [_ask(level), address_of("short", dialogue)],
    }
    return Words(
        kind, language, dialogue.title, dialogue.language, "\n\n".join(ways[kind]), is_written=False
    )


def address_of(name: str, dialogue: Dialogue) -> str:
    return f"{settings.BRYGGA_ADDRESS}{reverse(f'dialogues:{name}', args=[dialogue.public_id])}"


def _written(row: InvitationText) -> Words:
    return Words(
        KitText(row.kind), row.language, row.heading, row.language, row.text, is_written=True
    )


def _level(dialogue: Dialogue, mandate: Mandate) -> LadderLevel | None:
    """Give how much can be influenced: by the mandate, or less where the step gives less."""
    step = get_current_step(dialogue)
    levels = [mandate.ladder_level, step.ladder_level if step else None]
    given = [level for level in levels if level]
    return LadderLevel(min(given)) if mandate.ladder_level and given else None


def _opening(level: LadderLevel | None, owner: str) -> str:
    if level in {None, LadderLevel.INFORMATION}:
        return _("%(owner)s wants to tell you about this.") % {"owner": owner}
    return _("%(owner)s invites you to take part.") % {"owner": owner}


def _ask(level: LadderLevel | None) -> str:
    if level is None:
        return _("Read what the matter is about, and follow what happens.")
    return {
        LadderLevel.INFORMATION: _("Read what will happen. You cannot change it."),
        LadderLevel.CONSULTATION: _("Say what you think. Those who decide listen and answer you."),
        LadderLevel.DIALOGUE: _("Come and talk with those who decide. They make the decision."),
        LadderLevel.INFLUENCE: _("Help to shape the proposal. Others decide on it."),
        LadderLevel.SHARED_DECISION: _("Take part in the decision itself."),
    }[level]


def _how(level: LadderLevel | None) -> Iterator[str]:
    if level in {None, LadderLevel.INFORMATION}:
        yield _("Point your phone's camera at the square code, or write the address.")
        return
    yield _("It takes a few minutes. You need no account.")
    yield _("We want to hear from everybody whom the matter concerns, whatever you think.")


def _facts(
    dialogue: Dialogue, mandate: Mandate, level: LadderLevel | None, language: str, on: date
) -> Iterator[Fact]:
    decides = _who_decides(mandate)
    if decides:
        yield Fact(_("Who decides"), decides, language)
    if level:
        yield Fact(_("How much you can influence"), level_sentence(level), language)
        if level != LadderLevel.INFORMATION and mandate.open_to_influence:
            yield Fact(_("What can be influenced"), mandate.open_to_influence, dialogue.language)
    yield from _promises(dialogue, mandate, on)


def _who_decides(mandate: Mandate) -> str:
    who = mandate.feeds_manager if mandate.feeds == FeedsKind.MANAGER else mandate.feeds_body
    if not who:
        return ""
    if not mandate.feeds_on:
        return str(who)
    told = {"who": who, "day": date_format(mandate.feeds_on, "DATE_FORMAT")}
    if mandate.feeds == FeedsKind.REPORT:
        return _("%(who)s gets a report by %(day)s") % told
    return _("%(who)s, on %(day)s") % told


def _promises(dialogue: Dialogue, mandate: Mandate, on: date) -> Iterator[Fact]:
    """Say what is promised; once published with the dates that hold now."""
    if dialogue.state == DialogueState.PUBLISHED:
        promised = [fact for fact in registry.facts(dialogue, on) if fact.is_promise]
        if promised:
            for fact in promised:
                yield Fact(fact.label, fact.value, dialogue.language)
            return
    if mandate.feedback_promise and mandate.feedback_on:
        day = date_format(mandate.feedback_on, "DATE_FORMAT")
        term = _("Promised by %(day)s") % {"day": day}
        yield Fact(term, mandate.feedback_promise, dialogue.language)


def _record(dialogue: Dialogue) -> str:
    """Say what becomes of what one says, by the rules that the owner is under."""
    owner = {"owner": dialogue.organisation.name}
    if dialogue.organisation.record_rules == RecordRules.AUTHORITY:
        kept = _("What you say becomes a public record. Anybody may ask to read it.")
    else:
        kept = _("What you say is kept by %(owner)s and shown on the page.") % owner
    parts = [kept, _("You do not need to say your name.")]
    if dialogue.visibility == Visibility.INTERNAL:
        parts.insert(0, _("Only those who work in %(owner)s can take part.") % owner)
    return " ".join(parts)
