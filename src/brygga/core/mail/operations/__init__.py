"""Everything that changes the ledger.

A letter is asked for in the transaction of what it tells of. Rendering, queueing and delivery are
steps of their own, each committed before the next begins, and each does nothing where it has
already been done: a job may run twice, or die anywhere, and be started again.
"""

from brygga.core.mail.letters import InvalidRecipientError
from brygga.core.mail.operations.asking import (
    Enclosed,
    InvalidUnsubscribeUrlError,
    KeyInUseError,
    UnstorableContextError,
    Wanted,
    queue_message,
    queue_messages,
    queue_rendered_secret,
)
from brygga.core.mail.operations.deciding import AlreadyDecidedError, let_be, send_again
from brygga.core.mail.operations.delivery import deliver
from brygga.core.mail.operations.rendering import enqueue, render
from brygga.core.mail.operations.upkeep import (
    defer_neglected,
    empty_old_messages,
    forget_letters,
    forget_letters_named,
    hold_after_restore,
    lift_suppression,
    recover_abandoned,
    suppress,
)

__all__ = [
    "AlreadyDecidedError",
    "Enclosed",
    "InvalidRecipientError",
    "InvalidUnsubscribeUrlError",
    "KeyInUseError",
    "UnstorableContextError",
    "Wanted",
    "defer_neglected",
    "deliver",
    "empty_old_messages",
    "enqueue",
    "forget_letters",
    "forget_letters_named",
    "hold_after_restore",
    "let_be",
    "lift_suppression",
    "queue_message",
    "queue_messages",
    "queue_rendered_secret",
    "recover_abandoned",
    "render",
    "send_again",
    "suppress",
]
