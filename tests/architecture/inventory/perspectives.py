from brygga.accounts.enums import Role
from brygga.tools.perspectives.enums import Moderation, ResultVisibility
from brygga.tools.perspectives.models import PackageGrant, StatementRound
from brygga.tools.perspectives.operations.maps import compute_map
from brygga.tools.perspectives.queries.grants import hash_of
from tests.architecture.inventory.page import EVERYBODY, NOBODY, Page, own
from tests.architecture.inventory.world import NOW
from tests.factories.perspectives import StatementFactory, StatementRoundFactory, electorate

SECRET = "a-secret-that-only-this-test-knows"
INSIDERS = own(*Role)
WORKSPACE = own(Role.OWNER, Role.PROCESS_LEADER, Role.ELECTED, Role.REGISTRAR, Role.SECRETARY)
LEADERS = own(Role.OWNER, Role.PROCESS_LEADER)


def public(state):
    """What is published is for all; what is internal for members; a draft for nobody."""
    return {"draft": NOBODY, "internal": INSIDERS}.get(state, EVERYBODY)


def statement_round(world):
    found = StatementRound.objects.filter(dialogue=world.dialogue).first()
    return found or StatementRoundFactory(
        dialogue=world.dialogue,
        moderation=Moderation.BEFORE,
        results_shown=ResultVisibility.ALWAYS,
        asks_importance=True,
        introduction="Vi vill veta vad du tycker.",
        attribution="Egna frågor",
    )


def in_round(world):
    return (statement_round(world).public_id,)


def with_statement(world):
    found = statement_round(world).statements.first()
    found = found or StatementFactory(round=statement_round(world))
    return (found.round.public_id, found.public_id)


def asked(world):
    return with_statement(world)[:1]


def mapped(world):
    found = statement_round(world)
    if not found.maps.exists():
        electorate(found, size=8, statements=6)
        found.groups_opened_at = NOW
        found.save()
        compute_map(statement_round=found, at=NOW)
    return (found.public_id,)


def mapped_json(world):
    return (*mapped(world), "json")


def add_statements(world, number):
    found = statement_round(world)
    first = found.statements.count()
    for place in range(number):
        StatementFactory(round=found, number=first + place)


def of_dialogue(world):
    return (world.dialogue.public_id,)


def seed(world):
    found = statement_round(world)
    statement = found.statements.filter(number=500).first()
    statement = statement or StatementFactory(round=found, number=500)
    return (world.dialogue.public_id, statement.public_id)


def add_rounds(world, number):
    StatementRoundFactory.create_batch(number, dialogue=world.dialogue)


def grant(world, access="public", **fields):
    return PackageGrant.objects.create(
        round=statement_round(world),
        access=access,
        granted_by=world.leader,
        granted_at=NOW,
        **fields,
    )


def public_package(world):
    return (grant(world, decision_dnr="BUN 2026/1", check_note="Granskad").public_id,)


def package_by_link(world):
    made = grant(world, access="reviewer", reviewer_name="Mats", secret_hash=hash_of(SECRET))
    return (made.public_id, SECRET)


def one_grant(world):
    made = grant(world, decision_dnr="BUN 2026/1", check_note="Granskad")
    return (*in_round(world), made.public_id)


def add_grants(world, number):
    for _ in range(number):
        grant(world, decision_dnr="BUN 2026/1", check_note="Granskad")


def team(name, readers, arguments, **more):
    return Page(f"perspectives:{name}", readers, arguments, **more)


def resident(name, arguments, **more):
    return Page(
        f"perspectives:{name}", public, arguments, public=True, depends_on_state=True, **more
    )


PAGES = (
    resident("take_part", asked, fill=add_statements),
    resident("statement", with_statement),
    resident("own_words", in_round),
    resident("own_words_sent", in_round),
    resident("my_answers", in_round),
    resident("done", in_round),
    resident("results", mapped),
    resident("file", mapped_json, gives_file=True),
    Page("perspectives:package", EVERYBODY, public_package, gives_file=True),
    Page("perspectives:package_by_link", EVERYBODY, package_by_link, gives_file=True),
    team("workspace", LEADERS, of_dialogue, fill=add_rounds),
    team("new_round", LEADERS, of_dialogue),
    team("hide_statement", LEADERS, seed),
    team("round", LEADERS, in_round, fill=add_statements),
    team("edit_round", LEADERS, in_round),
    team("read_in", LEADERS, in_round),
    team("map", WORKSPACE, mapped),
    team("ask_for_map", LEADERS, in_round, posts_only=True),
    team("publish_map", LEADERS, mapped, posts_only=True),
    team("groups", LEADERS, in_round, posts_only=True),
    team("packages", LEADERS, in_round, fill=add_grants),
    team("publish_package", LEADERS, in_round, posts_only=True),
    team("revoke_package", LEADERS, one_grant, posts_only=True),
)
