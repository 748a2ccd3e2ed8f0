"""What came of it in the demo: proposals, decision, measures, commitments and promises."""

from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script
from brygga.dialogues.models import Dialogue, Insight
from brygga.tools.outcomes.enums import ActionKind, ActionState, AmendmentKind, Verdict
from brygga.tools.outcomes.models import Decision, FeedbackPromise, Proposal
from brygga.tools.outcomes.operations.actions import (
    Deed,
    publish_action,
    record_action,
    update_action,
)
from brygga.tools.outcomes.operations.decisions import (
    Answer,
    Ruling,
    amend_decision,
    publish_decision,
    record_decision,
)
from brygga.tools.outcomes.operations.promises import give_promise, keep_promise
from brygga.tools.outcomes.operations.proposals import Wording, draft_proposal, publish_proposal

OF_MANDATE = "mandate"  # the promise that publishing the dialogue has given


class Harvest:
    """A dialogue of the demo that leads to something."""

    def __init__(self, dialogue: Dialogue, script: Script, town: Town, calendar: Calendar) -> None:
        self.dialogue = dialogue
        self.script = script
        self.town = town
        self.calendar = calendar
        self.leader = town.people[script["leader"]]
        self.proposals: dict[str, Proposal] = {}
        self.decisions: dict[str, Decision] = {}

    def bring_in(self, insights: dict[str, Insight]) -> None:
        for each in self.script.get("proposal", ()):
            self._propose(each, insights)
        for each in self.script.get("decision", ()):
            self._decide(each)
        for each in self.script.get("action", ()):
            self._act(each)
        for each in self.script.get("promise", ()):
            self._promise(each)

    def _propose(self, each: Script, insights: dict[str, Insight]) -> None:
        by, at = self.leader, self.calendar.moment(each["day"])
        wording = Wording(
            title=each["title"],
            text=each["text"],
            insights=[insights[key] for key in each["insights"]],
        )
        draft = draft_proposal(
            dialogue=self.dialogue, wording=wording, by=by, at=at, client_key=each["key"]
        )
        self.proposals[each["key"]] = publish_proposal(proposal=draft, by=by, at=at)

    def _decide(self, each: Script) -> None:
        by, calendar = self.town.people["yusuf"], self.calendar
        ruling = Ruling(
            title=each["title"],
            reasons=each["reasons"],
            decided_on=calendar.day(each["day"]),
            body=self.town.bodies[each["body"]],
            dnr=calendar.dated(each["dnr"], self.script["opened"]),
            appeal=each["appeal"],
            answers=[
                Answer(
                    proposal=self.proposals[answer["proposal"]],
                    verdict=Verdict(answer["verdict"]),
                    reasons=answer["reasons"],
                )
                for answer in each["answer"]
            ],
        )
        at = calendar.moment(each["published"])
        draft = record_decision(
            dialogue=self.dialogue, ruling=ruling, by=by, at=at, client_key=each["key"]
        )
        decision = publish_decision(decision=draft, by=by, at=at)
        amend_decision(
            decision=decision,
            kind=AmendmentKind.MINUTES_APPROVED,
            text="",
            by=by,
            at=calendar.moment(each["approved"]),
        )
        self.decisions[each["key"]] = decision

    def _act(self, each: Script) -> None:
        by = self.town.people["sara"]
        deed = Deed(
            kind=ActionKind(each["kind"]),
            what=each["what"],
            who=each["who"],
            due_on=self.calendar.day(each["due"]),
            proposal=self.proposals[each["proposal"]],
            decision=self.decisions[each["decision"]] if "decision" in each else None,
            body=self.town.bodies[each["body"]] if "body" in each else None,
            owner=self.town.people[each["owner"]] if "owner" in each else None,
        )
        at = self.calendar.moment(each["day"])
        draft = record_action(
            dialogue=self.dialogue, deed=deed, by=by, at=at, client_key=each["key"]
        )
        action = publish_action(action=draft, by=by, at=at)
        for told in each.get("update", ()):
            update_action(
                action=action,
                state=ActionState(told["state"]),
                text=told["text"],
                due_on=self.calendar.day(told["due"]) if "due" in told else None,
                by=by,
                at=self.calendar.moment(told["day"]),
            )

    def _promise(self, each: Script) -> None:
        promise = self._given(each)
        if "kept" in each:
            at = self.calendar.moment(each["kept"])
            keep_promise(promise=promise, said=each["said"], by=promise.owner, at=at)

    def _given(self, each: Script) -> FeedbackPromise:
        if each["key"] == OF_MANDATE:
            return FeedbackPromise.objects.get(dialogue=self.dialogue, is_of_mandate=True)
        return give_promise(
            dialogue=self.dialogue,
            text=each["text"],
            owner=self.town.people[each["owner"]],
            due_on=self.calendar.day(each["due"]),
            body=self.town.bodies[each["body"]],
            by=self.leader,
            at=self.calendar.moment(each["day"]),
            client_key=each["key"],
        )
