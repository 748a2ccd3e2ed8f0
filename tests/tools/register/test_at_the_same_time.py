"""Erasures that meet each other or a delivery, on connections of their own."""

import pytest

from brygga.accounts.enums import OrganisationKind
from brygga.core.registry import Person, registry
from brygga.tools.register.models import DataRequest, Paper
from brygga.tools.register.operations.making import make_delivery
from brygga.tools.register.operations.requests import (
    AlreadyDecidedError,
    Answer,
    RequestState,
    answer,
    erase_by_receipt,
)
from tests.dialogues.test_at_the_same_time import together
from tests.factories.accounts import UserFactory
from tests.factories.dialogues import NOW
from tests.factories.register import DeliveryFactory
from tests.tools.register.scanning import places_with
from tests.tools.register.test_what_must_be_gone import MARK, world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_erasures_from_one_receipt_are_one():
    joined, _voice = world(OrganisationKind.ASSOCIATION)
    requests = together(*[lambda: erase_by_receipt(participant=joined.participant, at=NOW)] * 4)
    assert requests == [DataRequest.objects.get()] * 4
    assert DataRequest.objects.get().state == RequestState.DONE


def test_two_who_answer_one_request_decide_once():
    joined, _voice = world()
    request = erase_by_receipt(participant=joined.participant, at=NOW)
    decision, officer = Answer(RequestState.DONE, disposal_dnr="KS 2026/9"), UserFactory()
    outcomes = together(*[lambda: answer(request=request, answer=decision, by=officer, at=NOW)] * 2)
    assert sum(isinstance(outcome, AlreadyDecidedError) for outcome in outcomes) == 1
    assert DataRequest.objects.get().state == RequestState.DONE


def test_an_erasure_while_a_delivery_is_made_leaves_no_word_in_it():
    joined, _voice = world(OrganisationKind.ASSOCIATION)
    dialogue = joined.participant.dialogue
    delivery = DeliveryFactory(dialogue=dialogue)
    person = Person(email=f"{MARK}@example.test", participant_id=joined.participant.pk)
    outcomes = together(
        lambda: make_delivery(delivery_pk=delivery.pk, at=NOW),
        lambda: registry.erase_person(person, NOW, with_records=True),
    )
    assert not any(isinstance(outcome, Exception) for outcome in outcomes), outcomes
    assert places_with(MARK) == set()
    assert Paper.objects.count() == 3  # made before and emptied, or made after without the words
