"""Every declared piece of a person's data is in that person's file, and nobody else's is."""

import csv
import json
from io import StringIO

import pytest
from allauth.socialaccount.models import SocialAccount

from brygga.accounts.enums import OrganisationKind, Role
from brygga.accounts.models import AccessibilityReport, Invitation, UserSession
from brygga.core.mail import operations as mail
from brygga.core.mail.models import Message
from brygga.core.registry import Person, registry
from brygga.core.registry.personal_data import Whose, declarations
from brygga.dialogues.models import Contribution, Follower, ModerationEvent, OriginalText
from brygga.tools.perspectives.models import OpinionMap, Statement
from brygga.tools.register.enums import PaperKind, RequestState
from brygga.tools.register.models import DataRequest
from brygga.tools.register.operations.making import make_delivery
from tests.factories.accounts import InvitationFactory, OrganisationFactory, person_with
from tests.factories.dialogues import NOW, TeamMemberFactory
from tests.factories.organisations import ReportFactory
from tests.factories.planning import ActorContactFactory, ActorFactory
from tests.factories.register import DataRequestFactory, DeliveryFactory
from tests.tools.register.test_everything_is_scanned import sign_in_and_write
from tests.tools.register.test_what_must_be_gone import MARK, world

pytestmark = pytest.mark.django_db
ADDRESS = f"{MARK}@example.test"
OTHER = "wjqkzvhx"  # what somebody else has written everywhere
VOICES = "dialogues/taking_part/contributions"

# Declared field → where it stands in the person's file, and the rows that it is read from.
GIVEN = {
    "dialogues.Contribution.text": (f"{VOICES}/text", Contribution, "text"),
    "dialogues.Contribution.place": (f"{VOICES}/place", Contribution, "place"),
    "dialogues.Contribution.language": (f"{VOICES}/language", Contribution, "language"),
    "dialogues.Contribution.state_reason": (f"{VOICES}/reason", Contribution, "state_reason"),
    "dialogues.OriginalText.text": (f"{VOICES}/before_masking", OriginalText, "text"),
    "dialogues.ModerationEvent.words": (f"{VOICES}/moderation/words", ModerationEvent, "words"),
    "dialogues.Participant.language": ("dialogues/taking_part/language", None, "sv"),
    "perspectives.Statement.text": (
        "dialogues/taking_part/perspectives/statements/text",
        Statement,
        "text",
    ),
    "perspectives.Statement.state_reason": (
        "dialogues/taking_part/perspectives/statements/reason",
        Statement,
        "state_reason",
    ),
    "perspectives.VoteEvent.participant": (
        "dialogues/taking_part/perspectives/votes/statement",
        Statement,
        "text",
    ),
    "perspectives.OpinionMap.positions": (
        "dialogues/taking_part/perspectives/places_on_maps/map",
        OpinionMap,
        "public_id",
    ),
    "dialogues.Follower.email": ("dialogues/following/address", Follower, "email"),
    "dialogues.Follower.language": ("dialogues/following/language", Follower, "language"),
    "mail.Message.recipient": ("mail/letters/text", Message, "body_text"),
    "mail.Message.subject": ("mail/letters/subject", Message, "subject"),
    "mail.Message.body_text": ("mail/letters/text", Message, "body_text"),
    "accounts.AccessibilityReport.email": ("accounts/obstacles/address", None, ADDRESS),
    "accounts.AccessibilityReport.language": ("accounts/obstacles/language", None, "sv"),
    "accounts.AccessibilityReport.text": (
        "accounts/obstacles/text",
        AccessibilityReport,
        "text",
    ),
    "accounts.AccessibilityReport.page": (
        "accounts/obstacles/page",
        AccessibilityReport,
        "page",
    ),
    "accounts.AccessibilityReport.answer": (
        "accounts/obstacles/answer",
        AccessibilityReport,
        "answer",
    ),
    "register.DataRequest.email": ("register/requests/address", DataRequest, "email"),
    "register.DataRequest.identity_note": (
        "register/requests/identity",
        DataRequest,
        "identity_note",
    ),
    "register.DataRequest.reason": ("register/requests/reason", DataRequest, "reason"),
    "accounts.User.email": ("accounts/account/address", None, ADDRESS),
    "accounts.User.name": ("accounts/account/name", None, MARK),
    "accounts.User.language": ("accounts/account/language", None, "sv"),
    "accounts.UserSession.device": ("accounts/sessions/device", UserSession, "device"),
    "socialaccount.SocialAccount.uid": ("accounts/logins/known_as", SocialAccount, "uid"),
    "socialaccount.SocialAccount.provider": (
        "accounts/logins/kind",
        SocialAccount,
        "provider",
    ),
    "socialaccount.SocialAccount.extra_data": (
        "accounts/logins/told",
        None,
        f"n: {MARK}",
    ),
    "accounts.Membership.user": ("accounts/memberships/roles", None, ["Tjänsteperson"]),
    "accounts.RoleAssignment.membership": (
        "accounts/memberships/roles",
        None,
        ["Tjänsteperson"],
    ),
    "accounts.Invitation.email": ("accounts/invitations/address", Invitation, "email"),
    "accounts.Invitation.language": ("accounts/invitations/language", Invitation, "language"),
    "editing.Draft.typed": ("accounts/drafts/text", None, f"Om {MARK}"),
    "dialogues.TeamMember.user": ("dialogues/teams/role", None, "Tjänsteperson"),
}

SECRET = "opens or proves something: whoever reads the file could use it"
LEDGER = "says again what stands in the file under the letter, or is needed to send it once"
NOT_GIVEN = {
    "accounts.CalendarLink": SECRET,
    "accounts.Invitation.invited_by": "is somebody else",
    "accounts.Invitation.secret_hash": SECRET,
    "accounts.SignInLink": SECRET,
    "accounts.User.password": SECRET,
    "accounts.User.sort_key": "the name again, in the order of the alphabet",
    "accounts.UserSession.public_id": SECRET,
    "accounts.UserSession.session_data": SECRET,
    "accounts.UserSession.session_key": SECRET,
    "account.EmailAddress": "the account's address again",
    "account.EmailConfirmation": SECRET,
    "attendance.CheckIn": "nobody can tell whose it is",
    "dialogues.Follower.secret_hash": SECRET,
    "dialogues.ModerationEvent.ground": "given by its name, not by its code",
    "dialogues.ModerationEvent.note": "a note within the authority, asked for at its register",
    "dialogues.ModerationCase": "that there was a case follows from its steps",
    "dialogues.Participant.person_mark": "that one has shown it is given, not the keyed hash",
    "dialogues.Participant.secret_hash": SECRET,
    "editing.Draft.form": "the form's code, not what somebody wrote",
    "editing.Draft.subject": "the public id of what the draft is about",
    "editing.Presence": "gone within a minute",
    "limits.LimitCounter": "nobody can tell whose it is",
    "mail.Attachment": "the registrar's files, which are the authority's",
    "mail.Message.body_html": LEDGER,
    "mail.Message.context": LEDGER,
    "mail.Message.language": LEDGER,
    "mail.Message.unsubscribe_url": SECRET,
    "mail.Suppression": "the address cannot be read from the mark",
    "mfa.Authenticator.data": SECRET,
    "perspectives.CurrentVote": "the newest of the votes in the file",
    "perspectives.ImportedVoter": "people of another service, who have no receipt here",
    "register.DataRequest.counts": "how many rows went, which tells nothing of anybody",
    "register.Paper": "the authority's own record, asked for at its register",
    "socialaccount.SocialToken": SECRET,
}
TIES = {"user", "participant", "contribution"}  # keys by which the rest is found
PLACES = {"cache", "cookies", "file store", "mail folder", "server log", "backups"}
OF_THE_ACCOUNT = {"accounts", "editing"}
OWN = {Whose.PARTICIPANT, Whose.FOLLOWER, Whose.READER}


def declared():
    return {
        f"{model}.{field}"
        for label, declaration in declarations().items()
        for held in declaration.holds
        if held.whose in OWN or (label in OF_THE_ACCOUNT and held.whose == Whose.STAFF)
        for model, fields in held.where.items()
        if model not in PLACES
        for field in fields
    }


def test_each_declared_field_is_given_or_withheld_for_a_reason():
    excused = {"accounts.Principles.published_by", "accounts.AccessibilityReport.answered_by"}
    forgotten = {
        name
        for name in declared() - set(GIVEN) - set(NOT_GIVEN) - excused
        if name.rsplit(".", 1)[0] not in NOT_GIVEN and name.rsplit(".", 1)[1] not in TIES
    }
    assert forgotten == set()
    given = {name for name in GIVEN if name != "dialogues.TeamMember.user"}
    assert given <= declared()


def plant(mark=MARK):
    """Leave somebody with something in every place that is declared."""
    joined, voice = world(OrganisationKind.ASSOCIATION)
    participant, dialogue = joined.participant, voice.dialogue
    Contribution.objects.filter(pk=voice.pk).update(state_reason=f"Skälet {mark}")
    Statement.objects.filter(contribution=voice).update(state_reason=f"Också {mark}")
    statement = Statement.objects.get(contribution=voice)
    OpinionMap.objects.create(
        round=statement.round,
        state="ready",
        method="classic",
        method_version="1",
        computed_at=NOW,
        last_event_id=1,
        participants=1,
        votes=1,
        positions=[[participant.pk, 0.5, 0.25, 1], [participant.pk + 1, 0.1, 0.2, 0]],
    )
    user = person_with(Role.OFFICIAL, dialogue.organisation)
    type(user).objects.filter(pk=user.pk).update(email=f"{mark}@example.test", name=mark)
    TeamMemberFactory(dialogue=dialogue, user=user, role="official")
    sign_in_and_write(user)
    InvitationFactory(email=f"{mark}@example.test")
    ReportFactory(email=f"{mark}@example.test", text=mark, page=f"/{mark}/", answer=f"Ja {mark}")
    DataRequestFactory(
        organisation=dialogue.organisation,
        email=f"{mark}@example.test",
        identity_note=mark,
        state=RequestState.DONE,
        decided_at=NOW,
        reason="Vi gav ut allt som vi har.",
        counts={"letters": 2},
        participant=participant,
    )
    for letter in Message.objects.filter(recipient=f"{mark}@example.test"):
        mail.render(pk=letter.pk, at=NOW)
    return Person(email=f"{mark}@example.test", participant_id=participant.pk, user_id=user.pk)


def values_at(held, path):
    found = [held]
    for step in path.split("/"):
        found = [each[step] for each in found if isinstance(each, dict) and step in each]
        found = [one for each in found for one in (each if isinstance(each, list) else [each])]
        if path.endswith(step) and step == "roles":
            return [found]
    return found


@pytest.fixture
def somebody():
    return plant()


def test_each_field_is_given_with_its_value_and_nothing_of_anybody_else(somebody):
    kept = {
        name: (path, str(model.objects.values_list(value, flat=True).order_by("pk").last()))
        if model
        else (path, str(value))
        for name, (path, model, value) in GIVEN.items()
    }
    plant_somebody_else()
    held = registry.export_person(somebody)
    for name, (path, value) in kept.items():
        assert value in [str(found) for found in values_at(held, path)], (name, path)
    assert OTHER not in json.dumps(held, default=str)


def plant_somebody_else():
    """Let another person do the same in the same tables, under their own mark."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tests.tools.register.test_what_must_be_gone.MARK", OTHER)
        patched.setattr("tests.tools.register.test_everything_is_scanned.MARK", OTHER)
        return plant(OTHER)


def test_nothing_is_given_once_it_has_been_erased(somebody):
    other = plant_somebody_else()
    before = json.dumps(registry.export_person(other), default=str)
    assert MARK in json.dumps(registry.export_person(somebody), default=str)
    registry.erase_person(somebody, NOW, with_records=True)
    assert MARK not in json.dumps(registry.export_person(somebody), default=str)
    assert json.dumps(registry.export_person(other), default=str) == before
    assert OTHER in before


def test_an_organisation_is_not_given_what_is_not_its_own(somebody):
    """What one types, and where one is signed in, is one's own in whatever organisation."""
    theirs = OrganisationFactory()
    person_of_it = Person(email=f"{MARK}@example.test", organisation_id=theirs.pk)
    assert registry.export_person(person_of_it) == {}
    home = UserSession.objects.get().user.memberships.get().organisation_id
    held = registry.export_person(Person(email=f"{MARK}@example.test", organisation_id=home))
    assert held["accounts"].keys() == {"account", "memberships"}
    assert "mail" not in held


def test_the_filing_holds_each_word_of_those_who_took_part_and_no_other_dialogues(somebody):
    plant_somebody_else()
    dialogue = Contribution.objects.get(participant=somebody.participant_id).dialogue
    delivery = make_delivery(delivery_pk=DeliveryFactory(dialogue=dialogue).pk, at=NOW)
    content = bytes(delivery.papers.get(kind=PaperKind.CSV).content).decode("utf-8-sig")
    [voice] = [
        row for row in csv.DictReader(StringIO(content), delimiter=";") if row["Del"] == "Inspel"
    ]
    told = (voice["Text"], voice["Rubrik"], voice["Språk"], voice["Skäl eller av vem"])
    assert told == (f"Jag är {MARK}", MARK, "sv", f"Skälet {MARK}")
    assert f"Också {MARK}" in content
    assert OTHER not in content


def test_erasing_an_address_leaves_those_whose_address_it_is_a_part_of():
    ways = (
        f"anna.{MARK}@example.test",
        f"{MARK}@example.test.se",
        f"Se {MARK.upper()}@example.test.",
    )
    longer, other, own = (ActorContactFactory(actor=ActorFactory(), way=way) for way in ways)
    registry.erase_person(Person(email=f"{MARK}@example.test"), NOW, with_records=True)
    left = set(type(own).objects.values_list("pk", flat=True))
    assert left == {longer.pk, other.pk}
