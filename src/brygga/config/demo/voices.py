"""What was said in the demo: statements and votes, interviews and letters, and what we heard."""

from datetime import datetime, timedelta
from pathlib import Path

from brygga.config.demo import crowd, review
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.dialogues.enums import Channel, ContributionState
from brygga.dialogues.models import Contribution, Dialogue, Insight, Participant, PublishedResult
from brygga.dialogues.operations.insights import Claim, draft_insight, publish_insight
from brygga.dialogues.operations.participants import join
from brygga.dialogues.operations.standing_for import merge
from brygga.dialogues.operations.voices import Voice, create_perspective, record_contributions
from brygga.tools.perspectives.enums import VoteValue
from brygga.tools.perspectives.models import Statement, StatementRound
from brygga.tools.perspectives.operations import maps, rounds, statements
from brygga.tools.perspectives.operations.imports import import_polis
from brygga.tools.perspectives.operations.many_votes import Slip, cast_many

Voices = dict[str, Contribution]


def word_of(person: int) -> str:
    """Give the word by which the demo's nth participant joins, and comes back at every start."""
    return f"brygga-demo participant {person}"


class Gathering:
    """A dialogue of the demo being filled with voices, in the order of its days."""

    def __init__(self, dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
        self.dialogue = dialogue
        self.script = script
        self.town = town
        self.calendar = calendar
        self.leader = town.people[script["leader"]]
        self.voices: Voices = {}
        self.result: PublishedResult | None = None

    def gather(self, real_data: Path) -> dict[str, Insight]:
        """Let everybody speak; give the insights that came of it, by their key."""
        self._hear()
        if "round" in self.script:
            statement_round = self._open_round()
            self._import(statement_round, real_data)
            self._ask(statement_round)
            self._draw_map(statement_round)
        return self._conclude()

    def _hear(self) -> None:
        for each in self.script.get("heard", ()):
            heard = record_contributions(
                dialogue=self.dialogue,
                voices=[
                    Voice(said["text"], said.get("language", "sv"), said["key"])
                    for said in each["voice"]
                ],
                channel=Channel(each["channel"]),
                by=self.town.people[each["by"]],
                at=self.calendar.moment(each["day"]),
                said_on=self.calendar.day(each["day"]),
                place=each.get("place", ""),
                state=ContributionState.PUBLISHED,
            )
            keys = [said["key"] for said in each["voice"]]
            self.voices |= dict(zip(keys, heard, strict=True))

    def _open_round(self) -> StatementRound:
        values = dict(self.script["round"])
        opened = values["opens"]
        for name in ("opens", "closes"):
            values[f"{name}_at"] = self.calendar.moment(values.pop(name))
        return rounds.create_round(
            dialogue=self.dialogue,
            values=values,
            by=self.leader,
            at=self.calendar.moment(opened),
        )

    def _import(self, statement_round: StatementRound, real_data: Path) -> None:
        if "import" in self.script:
            folder = real_data / self.script["import"]["folder"]
            import_polis(
                statement_round=statement_round,
                votes=folder / "votes.csv",
                statements=folder / "comments.csv",
                by=self.leader,
                at=self.calendar.moment(self.script["import"]["day"]),
            )

    def _ask(self, statement_round: StatementRound) -> None:
        if "crowd" not in self.script:
            return
        opens = self.script["round"]["opens"]
        seeds = statements.add_seed_statements(
            statement_round=statement_round,
            texts=[each["text"] for each in self.script["statement"]],
            by=self.leader,
            at=self.calendar.moment(opens),
        )
        people, visits = self._people()
        own = [
            self._own_words(statement_round, each, people[each["person"]])
            for each in self.script["own_words"]
        ]
        slips = self._slips([*seeds, *own], people, visits)
        by, at = self.leader, max(visits)
        cast_many(statement_round=statement_round, slips=slips, by=by, at=at)
        for each in self.script.get("moderated", ()):
            self._own_words(statement_round, each, people[each["person"]])

    def _people(self) -> tuple[list[Participant], list[datetime]]:
        """Let the participants join, evenly over the days on which the round is open."""
        number = sum(self.script["crowd"]["groups"])
        opens = self.script["round"]["opens"]
        last = min(self.script["round"]["closes"], 0)
        spoke = {each["person"]: each["day"] for each in self.script["own_words"]}
        people, visits = [], []
        for person in range(number):
            days = (last - opens) * person / number
            visit = self.calendar.moment(opens) + timedelta(days=days)
            if person in spoke:
                visit = self.calendar.moment(spoke[person])
            word = word_of(person)
            joined = join(dialogue=self.dialogue, language="sv", at=visit, once=word)
            people.append(joined.participant)
            visits.append(visit)
        return people, visits

    def _own_words(
        self, statement_round: StatementRound, each: Script, participant: Participant
    ) -> Statement:
        statement = statements.suggest_statement(
            statement_round=statement_round,
            participant=participant,
            text=each["text"],
            language="sv",
            client_key=each["voice"],
            author_is_sure=True,
            at=self.calendar.moment(each["day"]),
        )
        by = self.leader
        assert statement.contribution
        self.voices[each["voice"]] = voice = statement.contribution
        review.play(voice, each, by=by, town=self.town, calendar=self.calendar)
        if "merged" in each:
            kept, at = self.voices[each["merged"]["into"]], each["merged"]["day"]
            merge(kept=kept, merged=voice, by=by, at=self.calendar.moment(at))
        statement.refresh_from_db()
        return statement

    def _slips(
        self, asked: list[Statement], people: list[Participant], visits: list[datetime]
    ) -> list[Slip]:
        """Let everybody answer on their visit, and come back for what was added later."""
        model = self.script["crowd"]
        told = [*self.script["statement"], *self.script["own_words"]]
        drawn = crowd.answers(
            seed=model["seed"],
            groups=model["groups"],
            seen=model["seen"],
            leanings=[each["lean"] for each in told],
        )
        visible = set(Statement.objects.visible().filter(pk__in=[each.pk for each in asked]))
        return [
            Slip(
                participant=people[answer.person],
                statement=asked[answer.statement],
                value=VoteValue(answer.value),
                is_important=answer.is_important,
                at=max(visits[answer.person], asked[answer.statement].created_at),
            )
            for answer in drawn
            if asked[answer.statement] in visible
        ]

    def _draw_map(self, statement_round: StatementRound) -> None:
        if "map" not in self.script:
            return
        told, by = self.script["map"], self.leader
        at = self.calendar.moment(told["day"])
        drawn = maps.compute_map(statement_round=statement_round, at=at)
        if "title" in told:
            self.result = maps.publish_map(opinion_map=drawn, title=told["title"], by=by, at=at)
        if "groups_opened" in told:
            rounds.open_groups(
                statement_round=statement_round,
                reason=told["reason"],
                by=by,
                at=self.calendar.moment(told["groups_opened"]),
            )

    def _conclude(self) -> dict[str, Insight]:
        perspectives = {
            each["key"]: create_perspective(
                dialogue=self.dialogue,
                title=each["title"],
                text=each.get("text", ""),
                is_public=True,
                contributions=[self.voices[key] for key in each["voices"]],
                by=self.leader,
                at=self.calendar.moment(self.script["published"] + 60),
            )
            for each in self.script.get("perspective", ())
        }
        insights = {}
        for each in self.script.get("insight", ()):
            claim = Claim(
                text=each["text"],
                explanation=each.get("explanation", ""),
                is_minority_view=each.get("minority", False),
                results=[self.result] if each.get("map") and self.result else [],
                perspectives=[perspectives[key] for key in each.get("perspectives", ())],
                contributions=[self.voices[key] for key in each.get("voices", ())],
            )
            at, by = self.calendar.moment(each["day"]), self.leader
            draft = draft_insight(dialogue=self.dialogue, claim=claim, by=by, at=at)
            insights[each["key"]] = publish_insight(insight=draft, by=by, at=at)
        return insights
