"""A long job from its row to its end, as the one who asked for it sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from brygga.core.audit.models import AuditRow
from brygga.core.jobs import kinds
from brygga.core.jobs.kinds import Kind
from brygga.core.jobs.models import Job
from brygga.core.jobs.operations import (
    JobCancelledError,
    JobFailedError,
    Outcome,
    cancel_job,
    carry_out,
    fail_lost_jobs,
    forget_old_jobs,
)
from tests.core.jobs.conftest import queue
from tests.core.jobs.office import KIND, NOW
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def do(job, work):
    carry_out(pk=job.pk, work=work, clock=lambda: NOW)
    job.refresh_from_db()
    return job


def ends_well(_progress):
    return Outcome("Tre av tre", "/klart/")


@pytest.fixture
def stoppable(monkeypatch):
    monkeypatch.setitem(kinds._kinds, KIND, Kind(KIND, can_be_cancelled=True))


def test_a_job_and_its_place_in_line_are_kept_together_or_not_at_all(start):
    with transaction.atomic():
        start()
        transaction.set_rollback(True)
    assert (Job.objects.count(), queue()) == (0, [])
    job = start()
    [queued] = ProcrastinateJob.objects.all()
    assert (queued.id, queued.args) == (job.queue_id, {"job_pk": job.pk, "stone": "/nowhere"})
    assert AuditRow.objects.get().action == "jobs.trial.count.started"


def test_of_jobs_with_the_same_key_one_waits_and_another_may_follow_when_it_runs(start):
    first = start(key="7")
    assert start(key="7") == first
    assert start(key="8") != first
    Job.objects.filter(pk=first.pk).update(state="running")
    assert start(key="7") != first
    assert len(queue()) == 3


@pytest.mark.parametrize(
    ("work", "state", "message"),
    [
        (ends_well, "done", "Tre av tre"),
        (lambda _: (_ for _ in ()).throw(JobFailedError("Rad 3 saknas")), "failed", "Rad 3 saknas"),
        (lambda _: (_ for _ in ()).throw(JobCancelledError), "cancelled", ""),
    ],
)
def test_a_job_ends_in_one_of_three_ways_and_is_not_done_again(start, work, state, message):
    job = do(start(), work)
    assert (job.state, job.message, job.ended_at) == (state, message, NOW)
    assert do(job, lambda _: pytest.fail("done twice")).state == state


def test_a_fault_of_ours_is_told_in_plain_words_and_raised_for_the_log(start):
    with translation.override("sv"):
        job = start()
    with pytest.raises(ZeroDivisionError):
        carry_out(pk=job.pk, work=lambda _: 1 / 0, clock=lambda: NOW)
    job.refresh_from_db()
    assert job.message == "Något gick fel hos oss. Inget har ändrats. Försök igen."


def test_a_job_that_waits_is_stopped_at_once_and_never_begins(start, stoppable, lars):
    job = start()
    assert cancel_job(job=job, by=lars, at=NOW)
    assert do(job, lambda _: pytest.fail("begun")).state == "cancelled"
    assert not cancel_job(job=job, by=lars, at=NOW)


def test_a_kind_that_cannot_be_stopped_is_not(start, lars):
    assert not cancel_job(job=start(), by=lars, at=NOW)


def test_a_job_that_the_worker_knows_nothing_of_does_not_wait_for_ever(start):
    kept, lost = start(), start()
    Job.objects.filter(pk=lost.pk).update(queue_id=None)
    assert fail_lost_jobs(at=NOW) == 1
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert (kept.state, lost.state) == ("waiting", "failed")
    assert lost.message


def test_ended_jobs_are_forgotten_after_a_month(start):
    old, open_still = do(start(), ends_well), start()
    assert forget_old_jobs(at=NOW + timedelta(days=29)) == 0
    assert forget_old_jobs(at=NOW + timedelta(days=31)) == 1
    assert list(Job.objects.all()) == [open_still]
    assert old not in Job.objects.all()


def test_the_page_tells_each_state_without_javascript(start, client, lars):
    client.force_login(lars, backend="django.contrib.auth.backends.ModelBackend")
    job = start(back_url="/tillbaka/")
    own = reverse("jobs:job", args=[job.public_id])

    def page():
        return client.get(own).content.decode()

    assert "Väntar på sin tur" in page()
    Job.objects.filter(pk=job.pk).update(state="running", total=3, done=1, message="<b>Läser</b>")
    running = page()
    assert '<progress value="1" max="3"' in running
    assert "&lt;b&gt;Läser" in running
    assert "Visa hur långt det har kommit nu" in running
    assert "Avbryt arbetet" not in running
    do(job, ends_well)
    done = page()
    assert 'href="/klart/"' in done
    assert 'href="/tillbaka/"' in done
    assert "data-brygga-without-live" not in done


def test_the_button_stops_it_and_says_so(start, stoppable, client, lars):
    client.force_login(lars, backend="django.contrib.auth.backends.ModelBackend")
    job = start()
    own = reverse("jobs:job", args=[job.public_id])
    assert "Avbryt arbetet" in client.get(own).content.decode()
    stopped = client.post(reverse("jobs:cancel", args=[job.public_id]), follow=True)
    assert "Arbetet avbryts." in stopped.content.decode()
    again = client.post(reverse("jobs:cancel", args=[job.public_id]), follow=True)
    assert "Det går inte längre att avbryta." in again.content.decode()


def test_only_who_started_it_sees_a_job_of_a_kind_without_a_rule(start, client, lars):
    job = start()
    addresses = [reverse(f"jobs:{name}", args=[job.public_id]) for name in ("job", "stream")]
    for person, status in ((lars, 200), (UserFactory(), 404)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert {client.get(address).status_code for address in addresses} == {status}


def test_the_rule_of_a_kind_is_asked_with_its_subject(start, client, lars, monkeypatch):
    def may_see(user, subject, _at):
        return user != lars and subject == "skolan"

    monkeypatch.setitem(kinds._kinds, KIND, Kind(KIND, may_see=may_see))
    own = reverse("jobs:job", args=[start(subject="skolan").public_id])
    for person, status in ((lars, 404), (UserFactory(), 200)):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(own).status_code == status


@pytest.mark.parametrize(
    "broken",
    [
        {"done": 4, "total": 3},
        {"state": "done"},
        {"ended_at": NOW},
        {"state": "failed", "ended_at": NOW, "message": ""},
    ],
)
def test_the_database_refuses_a_job_that_makes_no_sense(start, broken):
    job = start()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**broken)


def test_the_database_refuses_two_that_wait_with_one_key(start):
    job = start(key="7")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind=job.kind, key="7", title="Igen", created_at=NOW)
