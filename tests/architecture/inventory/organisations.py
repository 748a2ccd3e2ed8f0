"""What organisations tell of themselves: their page, their plan, their statement."""

from brygga.accounts.models import OrganisationPage
from tests.architecture.inventory.dialogues_public import dialogues
from tests.architecture.inventory.page import EVERYBODY, Page, own
from tests.factories.accounts import BodyFactory, OrganisationFactory
from tests.factories.organisations import (
    DialogueFunctionFactory,
    OrganisationPageFactory,
    PlannedDialogueFactory,
    PrinciplesFactory,
    ReportFactory,
    ShortcomingFactory,
    YearPlanFactory,
)

LEADERS = own("owner", "process_leader")
KEEPERS = own("owner", "process_leader", "editor")
YEAR = 2026


def slug(world):
    return (world.own.slug,)


def told(world):
    if not OrganisationPage.objects.filter(organisation=world.own).exists():
        OrganisationPageFactory(organisation=world.own)
    return slug(world)


def principles(world):
    PrinciplesFactory(organisation=world.own, body=world.body)
    return (world.own.slug, world.own.principles.first().number)


def function(world):
    return (world.own.slug, DialogueFunctionFactory(organisation=world.own).public_id)


def year(world):
    if not world.own.year_plans.filter(year=YEAR).exists():
        YearPlanFactory(organisation=world.own, year=YEAR)
    return (world.own.slug, YEAR)


def planned(world):
    year(world)
    made = PlannedDialogueFactory(plan=world.own.year_plans.get(year=YEAR), body=world.body)
    return (world.own.slug, YEAR, made.public_id)


def shortcoming(world):
    return (world.own.slug, ShortcomingFactory(organisation=world.own).public_id)


def obstacle(world):
    return (world.own.slug, ReportFactory(organisation=world.own).public_id)


def telling(_world, count):
    for organisation in OrganisationFactory.create_batch(count):
        OrganisationPageFactory(organisation=organisation)


def fill_plan(world, count):
    year(world)
    PlannedDialogueFactory.create_batch(
        count, plan=world.own.year_plans.get(year=YEAR), body=world.body, dialogue=world.dialogue
    )


def fill_page(world, count):
    dialogues(world, count)
    fill_plan(world, count)
    fill_functions(world, count)
    BodyFactory.create_batch(count, organisation=world.own)
    for _ in range(count):
        PrinciplesFactory(organisation=world.own, body=world.body)


def fill_functions(world, count):
    DialogueFunctionFactory.create_batch(count, organisation=world.own)


def fill_shortcomings(world, count):
    ShortcomingFactory.create_batch(count, organisation=world.own)


def fill_obstacles(world, count):
    ReportFactory.create_batch(count, organisation=world.own)


def fill_years(world, count):
    taken = world.own.year_plans.count()
    for each in range(taken, taken + count):
        YearPlanFactory(organisation=world.own, year=2030 + each)


PAGES = (
    Page("accounts:accessibility", EVERYBODY, public=True, max_queries=12),
    Page(
        "accounts:accessibility_of",
        EVERYBODY,
        slug,
        fill=fill_shortcomings,
        public=True,
        max_queries=12,
    ),
    Page("accounts:obstacle_sent", EVERYBODY, slug, public=True, max_queries=12),
    Page("accounts:page", LEADERS, told, fill=fill_functions),
    Page("accounts:edit_page", LEADERS, slug),
    Page("accounts:publish_page", LEADERS, slug, posts_only=True),
    Page("accounts:withdraw_page", LEADERS, slug, posts_only=True),
    Page("accounts:edit_principles", LEADERS, slug),
    Page("accounts:publish_principles", LEADERS, slug, posts_only=True),
    Page("accounts:new_function", LEADERS, slug),
    Page("accounts:edit_function", LEADERS, function),
    Page("accounts:remove_function", LEADERS, function),
    Page("accounts:statement", KEEPERS, slug, fill=fill_shortcomings),
    Page("accounts:new_shortcoming", KEEPERS, slug),
    Page("accounts:edit_shortcoming", KEEPERS, shortcoming),
    Page("accounts:obstacles", KEEPERS, slug, fill=fill_obstacles),
    Page("accounts:obstacle", KEEPERS, obstacle),
    Page("dialogues:year_plans", LEADERS, slug, fill=fill_years),
    Page("dialogues:year_plan", LEADERS, year, fill=fill_plan),
    Page("dialogues:planned_new", LEADERS, year),
    Page("dialogues:planned_edit", LEADERS, planned),
    Page("dialogues:planned_remove", LEADERS, planned),
)
