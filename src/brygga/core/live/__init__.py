"""Telling open pages that something has changed, over PostgreSQL's NOTIFY.

Whoever changes a thing calls `announce(topic)` in the same transaction. A page that is open asks
for an `event_stream` of that topic. What is sent is always rendered anew from the database, with
the reader's rights as they are then; a notification carries a topic and nothing else.
"""

from brygga.core.live.listener import announce
from brygga.core.live.streams import Part, event_stream

__all__ = ["Part", "announce", "event_stream"]
