"""Words for asking, carrying and looking."""

from datetime import UTC, datetime

from django.db import connection

from brygga.core.mail import operations
from brygga.core.mail.models import Message

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def ask(**changes):
    wanted = {
        "key": "trial:1",
        "kind": "trial",
        "recipient": "amina@example.test",
        "language": "sv",
        "template": "trial/news",
        "context": {"title": "Skolan i Ås"},
        "due_at": AT,
        "at": AT,
    }
    return operations.queue_message(**wanted | changes)


def carry(message, at=AT):
    """Take a letter as far as it gets."""
    operations.render(pk=message.pk, at=at)
    operations.enqueue(pk=message.pk, at=at)
    operations.deliver(pk=message.pk, at=at)
    message.refresh_from_db()
    return message


def jobs_of(message):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status::text, scheduled_at FROM procrastinate_jobs"
            " WHERE task_name = 'mail.send' AND args @> %s::jsonb ORDER BY id",
            [f'{{"message_pk": {message.pk}}}'],
        )
        return cursor.fetchall()


def priority_of(message):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT priority FROM procrastinate_jobs WHERE queueing_lock = %s",
            [f"mail.send:{message.pk}"],
        )
        [(priority,)] = cursor.fetchall()
    return priority


def forget_jobs():
    """Lose every job. Procrastinate's tables are not Django's, so no test's end empties them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


def all_messages():
    return list(Message.objects.order_by("pk"))
