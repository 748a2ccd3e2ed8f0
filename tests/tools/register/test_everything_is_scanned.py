"""The mark is planted in every place that keeps something of people, and must be gone after."""

import base64
import gzip

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from procrastinate.contrib.django.models import ProcrastinateJob

from brygga.accounts.enums import OrganisationKind, Role
from brygga.accounts.models.session import SessionStore
from brygga.core.editing.models import Draft
from brygga.core.files.operations import REMOVE, remove_bytes
from brygga.core.mail.models import Attachment
from brygga.core.registry import Person, registry
from brygga.dialogues.enums import DialogueState, ModerationStep
from brygga.dialogues.models import Document, ModerationEvent
from brygga.tools.register.enums import PaperKind, RequestState
from brygga.tools.register.models import DataRequest, Paper
from brygga.tools.register.operations.making import make_delivery
from brygga.tools.register.operations.requests import Answer, answer, erase_by_receipt
from brygga.tools.register.operations.retention import carry_out
from tests.factories.accounts import person_with
from tests.factories.dialogues import NOW, DocumentFactory
from tests.factories.files import PictureFactory, word
from tests.factories.planning import ActorContactFactory, ActorFactory
from tests.factories.register import DeliveryFactory, RetentionPlanFactory
from tests.tools.register.scanning import holds, places_with
from tests.tools.register.test_what_must_be_gone import LATER, MARK, world

pytestmark = pytest.mark.django_db
ADDRESS = f"{MARK}@example.test"
# What an authority keeps until a disposal is decided, and why (record rules: authority).
STAYS_AS_RECORD = {
    "dialogues_contribution": "came in to an authority: a public record, hidden from all pages",
    "dialogues_originaltext": "the record as it came in, before masking",
    "dialogues_moderationevent": "the reasons of a decision, and what the author answered",
    "perspectives_statement": "came in as part of a voice; no longer shown or counted",
    "register_paper": "our copy of what is in the diarium, which keeps its own",
    "mail_message": "the letter that brought the record to the registrar, for 30 days",
    "mail_attachment": "the files of that letter",
}


@pytest.fixture
def planted():
    """Leave the mark in all places; give who took part, and whose account it is."""

    def plant(kind):
        joined, voice = world(kind)
        dialogue = joined.participant.dialogue
        user = person_with(Role.OFFICIAL, dialogue.organisation)
        type(user).objects.filter(pk=user.pk).update(email=ADDRESS, name=MARK, sort_key=MARK)
        sign_in_and_write(user)
        ModerationEvent.objects.create(
            contribution=voice, kind=ModerationStep.ASKED, at=NOW, words=MARK, note=MARK
        )
        voice.state_reason = MARK
        voice.save()
        ActorContactFactory(actor=ActorFactory(dialogue=dialogue), name=MARK, way=ADDRESS)
        make_delivery(delivery_pk=DeliveryFactory(dialogue=dialogue).pk, at=NOW)
        return joined.participant, user

    return plant


def sign_in_and_write(user):
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk), "brygga_device": MARK, "more": MARK * 40})
    session.save()
    SocialAccount.objects.create(user_id=user.pk, provider="p", uid=MARK, extra_data={"n": MARK})
    Draft.objects.create(
        user=user, form="log", subject="x", typed={"text": f"Om {MARK}"}, saved_at=NOW
    )


def plant_files(dialogue):
    """Keep a paper, and a picture with a thumbnail, that only the team has seen."""
    for content in (word(**{"word/document.xml": f"<t>{MARK}</t>"}), b"..."):
        file = PictureFactory(
            owner_kind="dialogues.document",
            name=f"{MARK}.png",
            alternative=MARK,
            stored_as=default_storage.save("aa/file", ContentFile(content)),
            thumbnail_stored_as=default_storage.save("aa/small", ContentFile(MARK.encode())),
        )
        DocumentFactory(dialogue=dialogue, file=file, title=MARK, is_public=False)


def remove_what_is_in_line():
    for job in ProcrastinateJob.objects.filter(task_name=REMOVE):
        remove_bytes(names=job.args["names"])


def test_the_scan_reads_what_is_packed_and_coded():
    plain = f"Jag är {MARK}".encode()
    assert holds(MARK, word(**{"word/document.xml": plain}))
    assert holds(MARK, gzip.compress(plain))
    assert holds(MARK, base64.encodebytes(plain * 9))
    assert holds(MARK, base64.b64encode(gzip.compress(plain)))
    assert not holds(MARK, base64.b64encode(b"nobody has written this"))


def test_the_mark_is_planted_everywhere_and_found(planted):
    participant, _user = planted(OrganisationKind.MUNICIPALITY)
    plant_files(participant.dialogue)
    cache.set("count", MARK)
    found = places_with(MARK)
    assert found >= set(STAYS_AS_RECORD) | {
        "accounts_user",
        "accounts_usersession",
        "cache",
        "dialogues_actorcontact",
        "dialogues_document",
        "dialogues_follower",
        "editing_draft",
        "files_storedfile",
        "socialaccount_socialaccount",
    }
    assert len([place for place in found if place.startswith("files/aa/")]) == 3
    for kind in PaperKind:
        assert holds(MARK, bytes(Paper.objects.get(kind=kind).content)), kind
    assert all(holds(MARK, bytes(file.content)) for file in Attachment.objects.all())


def test_an_association_keeps_nothing_of_who_is_erased(planted):
    participant, user = planted(OrganisationKind.ASSOCIATION)
    person = Person(email=ADDRESS, user_id=user.pk, participant_id=participant.pk)
    registry.erase_person(person, NOW, with_records=True)
    assert places_with(MARK) == set()
    assert Paper.objects.filter(is_disposed=True).count() == len(PaperKind)
    steps = ModerationEvent.objects.filter(kind=ModerationStep.ASKED)
    assert {step.words + step.note for step in steps} == {""}  # each step stays, without words


def test_an_authority_keeps_records_only_until_a_disposal_is_decided(planted):
    participant, user = planted(OrganisationKind.MUNICIPALITY)
    person = Person(email=ADDRESS, user_id=user.pk)
    registry.erase_person(person, NOW, with_records=False)
    erase_by_receipt(participant=participant, at=NOW)
    assert places_with(MARK) <= set(STAYS_AS_RECORD)
    assert "dialogues_contribution" in places_with(MARK)
    decided = Answer(RequestState.DONE, disposal_dnr="KS 2026/9")
    answer(request=DataRequest.objects.get(), answer=decided, by=user, at=NOW)
    assert places_with(MARK) == set()


def test_a_disposal_takes_the_teams_own_files_from_the_disk(planted):
    participant, user = planted(OrganisationKind.MUNICIPALITY)
    dialogue = participant.dialogue
    plant_files(dialogue)
    dialogue.deliveries.update(dnr="KS 2026/1", dnr_at=NOW)
    dialogue.state, dialogue.ended_at = DialogueState.CLOSED, NOW
    dialogue.save()
    carry_out(plan_pk=RetentionPlanFactory(dialogue=dialogue).pk, at=LATER)
    remove_what_is_in_line()
    registry.erase_person(Person(email=ADDRESS, user_id=user.pk), LATER, with_records=True)
    assert places_with(MARK) == set()
    assert not Document.objects.exists()


def test_a_leak_makes_the_scan_fail(planted):
    participant, user = planted(OrganisationKind.ASSOCIATION)
    default_storage.save("aa/forgotten", ContentFile(gzip.compress(MARK.encode())))
    cache.set("leak", {"said": MARK})
    person = Person(email=ADDRESS, user_id=user.pk, participant_id=participant.pk)
    registry.erase_person(person, NOW, with_records=True)
    assert places_with(MARK) == {"cache", "files/aa/forgotten"}
