"""Mail as files, where no mail server is set: one per letter, named by its message id."""

from pathlib import Path

from brygga.core.mail.models import Message


def write_letter(folder: Path, message: Message, content: bytes) -> Path:
    """Write the letter whole or not at all; writing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{message.message_id.strip('<>').partition('@')[0]}.eml"
    unfinished = folder / f".{target.name}.unfinished"
    unfinished.write_bytes(content)
    unfinished.replace(target)
    return target
