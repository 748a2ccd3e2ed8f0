from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template import Context, Engine, TemplateDoesNotExist
from django.utils import translation

from brygga.core.mail.enums import State
from brygga.core.mail.letters import clean_subject
from brygga.core.mail.models import Message, Suppression
from brygga.core.mail.operations.settling import settle

# Of two machines: a letter asked for by one must not seem to lie in the future to the other.
CLOCKS_DIFFER_BY = timedelta(seconds=5)


def render(*, pk: int, at: datetime) -> None:
    """Turn a due letter into its final words, or give it up where its template is at fault."""
    with transaction.atomic(durable=True):
        message = take(pk, State.DUE, at=at)
        if message is None:
            return
        if Suppression.objects.covering(message).exists():
            settle(message, State.SUPPRESSED, at=at)
            return
        try:
            write(message)
        except Exception as error:  # noqa: BLE001 - whatever a template raises, the row must tell
            settle(
                message, State.FAILED, at=at, error=f"{message.template}: {type(error).__name__}"
            )
            return
        message.state = State.RENDERED
        message.rendered_at = at
        message.save()


def enqueue(*, pk: int, at: datetime) -> None:
    """Open a rendered letter to whoever delivers."""
    with transaction.atomic(durable=True):
        message = take(pk, State.RENDERED, at=at)
        if message is not None:
            message.state = State.QUEUED
            message.queued_at = at
            message.save()


def take(pk: int, state: State, *, at: datetime) -> Message | None:
    """Lock the letter if it stands in this state, its turn has come and nobody else has it."""
    return (
        Message.objects.waiting_since(at + CLOCKS_DIFFER_BY)
        .select_for_update()
        .filter(pk=pk, state=state)
        .first()
    )


def write(message: Message) -> None:
    spoken = dict(settings.LANGUAGES)
    language = message.language if message.language in spoken else settings.LANGUAGE_CODE
    values = {
        **message.context,
        "site_address": settings.BRYGGA_ADDRESS,
        "unsubscribe_url": message.unsubscribe_url,
    }
    with translation.override(language):
        message.language = language
        subject = fill(f"{message.template}.subject.txt", values, escape=False)
        message.subject = clean_subject(subject)
        message.body_text = fill(f"{message.template}.txt", values, escape=False).strip() + "\n"
        try:
            message.body_html = fill(f"{message.template}.html", values, escape=True)
        except TemplateDoesNotExist as error:
            if str(error) != f"{message.template}.html":
                raise


def fill(name: str, values: dict[str, Any], *, escape: bool) -> str:
    template = Engine.get_default().get_template(name)
    return template.render(Context(values, autoescape=escape))
