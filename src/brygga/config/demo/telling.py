"""What Exempelby tells of itself: page, principles, yearly plan, accessibility statement."""

from django.db import transaction

from brygga.accounts.enums import BodyKind, ComplianceLevel, ShortcomingReason
from brygga.accounts.models import OrganisationPage
from brygga.accounts.operations import accessibility, public_page
from brygga.config.demo.municipality import Town
from brygga.config.demo.script import Calendar, Script, read
from brygga.config.demo.spine import client_key
from brygga.core import richtext
from brygga.dialogues.enums import DialogueForm, LadderLevel
from brygga.dialogues.models import Dialogue
from brygga.dialogues.operations import year_plan


@transaction.atomic
def tell(town: Town, calendar: Calendar) -> None:
    """Write it once; what somebody has changed since then stays."""
    if OrganisationPage.objects.filter(organisation=town.organisation).exists():
        return
    script = read("telling")
    _page(script, town, calendar)
    _principles(script, town, calendar)
    _plan(script, town, calendar)
    _statement(script, town, calendar)


def _page(script: Script, town: Town, calendar: Calendar) -> None:
    by, at = town.people[script["by"]], calendar.at
    facts = public_page.PageFacts(**script["page"])
    public_page.save_page(organisation=town.organisation, facts=facts, version=0, by=by, at=at)
    public_page.publish_page(organisation=town.organisation, by=by, at=at)
    for position, each in enumerate(script["function"], 1):
        public_page.save_function(
            organisation=town.organisation,
            function=None,
            facts=public_page.FunctionFacts(**each, position=position),
            by=by,
            at=at,
        )


def _principles(script: Script, town: Town, calendar: Calendar) -> None:
    by = town.people[script["by"]]
    council = town.organisation.bodies.get(kind=BodyKind.COUNCIL)
    for each in script["principles"]:
        at = calendar.moment(each["day"])
        facts = public_page.PrinciplesFacts(
            text=richtext.stored(each["text"].strip()),
            body=council,
            adopted_on=calendar.day(each["day"]),
            dnr=calendar.dated(each["dnr"], each["day"]),
        )
        public_page.save_principles(
            organisation=town.organisation, facts=facts, version=0, by=by, at=at
        )
        public_page.publish_principles(organisation=town.organisation, by=by, at=at)


def _plan(script: Script, town: Town, calendar: Calendar) -> None:
    by, at = town.people[script["by"]], calendar.at
    year = calendar.day(0).year
    plan = year_plan.begin_year(organisation=town.organisation, year=year, by=by, at=at)
    for each in script["planned"]:
        first, last = each["quarters"]
        key = client_key(each.get("dialogue", ""))
        facts = year_plan.PlanFacts(
            issue=each["issue"],
            body=town.bodies[each["body"]],
            level=LadderLevel(each["level"]),
            form=DialogueForm(each["form"]),
            first_quarter=first,
            last_quarter=last,
            note=each.get("note", ""),
            dialogue=Dialogue.objects.filter(client_key=key).first(),
        )
        year_plan.save_planned(plan=plan, planned=None, facts=facts, version=0, by=by, at=at)
    year_plan.set_published(plan=plan, is_public=True, by=by, at=at)


def _statement(script: Script, town: Town, calendar: Calendar) -> None:
    by, at, told = town.people[script["by"]], calendar.at, script["statement"]
    facts = accessibility.StatementFacts(
        level=ComplianceLevel(told["level"]),
        tested_how=told["tested_how"],
        tested_on=calendar.day(told["tested"]),
        contact_email=told["contact_email"],
        contact_phone=told["contact_phone"],
    )
    accessibility.save_statement(
        organisation=town.organisation, facts=facts, version=0, by=by, at=at
    )
    for each in script["shortcoming"]:
        shortcoming = accessibility.ShortcomingFacts(
            what=each["what"],
            reason=ShortcomingReason(each["reason"]),
            why=each["why"],
            instead=each["instead"],
            mended_by=calendar.day(each["mended"]) if "mended" in each else None,
        )
        accessibility.save_shortcoming(
            organisation=town.organisation, shortcoming=None, facts=shortcoming, by=by, at=at
        )
    for each in script["obstacle"]:
        accessibility.report_obstacle(
            organisation=town.organisation,
            obstacle=accessibility.Obstacle(each["text"], each["page"]),
            client_key=client_key(f"obstacle:{each['day']}"),
            at=calendar.moment(each["day"]),
        )
