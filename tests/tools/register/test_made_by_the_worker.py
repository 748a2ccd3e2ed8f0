"""The files are made by the worker: nobody waits for them, and a killed worker loses nothing."""

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from brygga.accounts.enums import Role
from brygga.core.jobs.models import Job
from brygga.core.jobs.operations import recover_stalled
from brygga.core.mail.models import Message
from brygga.core.registry import Person, registry
from brygga.dialogues.models import Contribution
from brygga.tools.register.enums import Scope
from brygga.tools.register.models import Delivery, Paper
from brygga.tools.register.operations.deliveries import (
    QUEUE,
    MadeAlreadyError,
    ask_for_delivery,
    make_again,
)
from brygga.tools.register.operations.making import make_delivery
from brygga.tools.register.queries.parts import all_parts, parts_offered
from brygga.tools.register.tasks import make
from tests.core.jobs.conftest import wait_for
from tests.core.jobs.office import database_address, start_worker
from tests.core.mail.ledger import forget_jobs
from tests.factories.accounts import OrganisationFactory, person_with
from tests.factories.dialogues import NOW, ContributionFactory, ParticipantFactory
from tests.factories.outcomes import walk_in
from tests.factories.perspectives import StatementFactory, StatementRoundFactory
from tests.tools.register.scanning import places_with

MODEL = "django.contrib.auth.backends.ModelBackend"
MARK = "qzxvkwjb"


def asked(dialogue, leader, scope=Scope.ALL):
    return ask_for_delivery(
        dialogue=dialogue,
        body=dialogue.bodies.get(),
        scope=scope,
        left_out=[],
        client_key=None,
        by=leader,
        at=NOW,
    )


def test_the_request_reads_no_word_of_what_people_said_and_leads_to_the_job(
    dialogue, leader, client
):
    ContributionFactory.create_batch(3, dialogue=dialogue)
    client.force_login(leader, backend=MODEL)
    address = reverse("register:overview", args=[dialogue.public_id])
    choice = {"body": dialogue.bodies.get().public_id, "scope": "all", "parts": ["voices"]}
    with CaptureQueriesContext(connection) as captured:
        shown = client.get(address)
        answer = client.post(address, choice | {"client_key": "a form"})
    assert "Inspel (3)" in shown.content.decode()
    assert not [one for one in captured if '"dialogues_contribution"."text"' in one["sql"]]
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job", args=[job.public_id])
    assert client.post(address, choice | {"client_key": "a form"}).url == answer.url
    assert (Delivery.objects.get().made_at, Paper.objects.count()) == (None, 0)
    client.force_login(person_with(Role.REGISTRAR, dialogue.organisation), backend=MODEL)
    assert client.get(answer.url).status_code == 200
    client.force_login(person_with(Role.REGISTRAR, OrganisationFactory()), backend=MODEL)
    assert client.get(answer.url).status_code == 404


def test_what_is_offered_is_what_is_made_and_as_much(dialogue):
    walk_in(dialogue)
    StatementFactory(round=StatementRoundFactory(dialogue=dialogue))
    made = {part.code: (part.title, len(part.entries)) for part in all_parts(dialogue, NOW)}
    offered = {part.code: (part.title, part.count) for part in parts_offered(dialogue)}
    assert offered["mandate"] == (made["mandate"][0], None)
    counted = {code: told for code, told in offered.items() if told[1] is not None}
    assert counted.keys() >= {"voices", "insights", "statements", "proposals", "decisions"}
    assert counted == {code: made[code] for code in counted}
    assert {code for code, told in made.items() if told[1]} == set(offered)


def test_files_that_would_hold_nothing_new_are_not_made_and_the_job_says_so(
    dialogue, leader, client
):
    make_delivery(delivery_pk=asked(dialogue, leader).delivery.pk, at=NOW)
    vain = asked(dialogue, leader, Scope.NEW)
    for _again in range(2):  # the second as after a crash between the two
        make(delivery_pk=vain.delivery.pk, job_pk=vain.job.pk)
        vain.job.refresh_from_db()
        assert (vain.job.state, Delivery.objects.count()) == ("failed", 1)
        Job.objects.filter(pk=vain.job.pk).update(state="running", ended_at=None)
    client.force_login(leader, backend=MODEL)
    Job.objects.filter(pk=vain.job.pk).update(state="failed", ended_at=NOW)
    page = client.get(reverse("jobs:job", args=[vain.job.public_id])).content.decode()
    assert "Nämnden har redan fått allt" in page
    assert reverse("register:overview", args=[dialogue.public_id]) in page


def test_files_that_were_not_made_can_be_asked_for_again(dialogue, leader, client):
    first = asked(dialogue, leader)
    assert make_again(delivery=first.delivery, by=leader, at=NOW) == first.job
    Job.objects.update(state="failed", ended_at=NOW, message="Arbetet bröts.")
    client.force_login(leader, backend=MODEL)
    place = [dialogue.public_id, first.delivery.public_id]
    again = reverse("register:again", args=place)
    assert again in client.get(reverse("register:delivery", args=place)).content.decode()
    job = Job.objects.exclude(pk=first.job.pk)
    assert client.post(again).url == reverse("jobs:job", args=[job.get().public_id])
    make(delivery_pk=first.delivery.pk, job_pk=job.get().pk)
    assert job.get().result_url == reverse("register:delivery", args=place)
    assert again not in client.get(reverse("register:delivery", args=place)).content.decode()
    assert client.post(again).url == reverse("register:delivery", args=place)
    with pytest.raises(MadeAlreadyError):
        make_again(delivery=first.delivery, by=leader, at=NOW)


def test_who_is_erased_while_the_files_are_made_is_in_none_of_them(dialogue, leader):
    participant = ParticipantFactory(dialogue=dialogue)
    ContributionFactory(dialogue=dialogue, participant=participant, text=f"Jag är {MARK}")
    told = []

    def erase_late(done, _total, message):
        told.append(message)
        if done == 3 and Contribution.objects.filter(text__contains=MARK).exists():
            person = Person(participant_id=participant.pk)
            registry.erase_person(person, NOW, with_records=True)

    delivery = asked(dialogue, leader).delivery
    assert make_delivery(delivery_pk=delivery.pk, at=NOW, report=erase_late).made_at == NOW
    assert len(told) == 8  # made twice, in four stages
    assert (Paper.objects.count(), Message.objects.filter(kind="register.delivery").count()) == (
        3,
        1,
    )
    assert places_with(MARK) == set()


@pytest.fixture
def committed(transactional_db):
    yield
    forget_jobs()


@pytest.mark.usefixtures("committed")
def test_a_worker_killed_while_it_makes_them_is_followed_by_one_that_makes_them_once(
    dialogue, leader
):
    ContributionFactory(dialogue=dialogue)
    asking = asked(dialogue, leader)
    with psycopg.connect(database_address()) as holding:  # it has to wait before its last step
        holding.execute("SELECT 1 FROM register_delivery FOR UPDATE")
        worker = start_worker(QUEUE)

        def has_come_far():
            asking.job.refresh_from_db()
            return (asking.job.state, asking.job.done, asking.job.total) == ("running", 3, 4)

        wait_for(has_come_far)
        asked(dialogue, leader)  # and nobody waits for it meanwhile
        worker.kill()
        worker.wait()
    assert Paper.objects.count() == 0
    assert recover_stalled(at=NOW, silent_for=0) == 1
    assert start_worker(QUEUE).wait(120) == 0
    asking.job.refresh_from_db()
    assert asking.job.state == "done"
    assert Delivery.objects.filter(made_at__isnull=False).count() == 2
    assert Paper.objects.filter(delivery=asking.delivery).count() == 3
    assert Message.objects.filter(key=f"register:{asking.delivery.pk}").count() == 1
