"""Mail as files, where no mail server is set: one per letter, named by its message id."""

from pathlib import Path

from brygga.core.mail.models import Message


def write_letter(folder: Path, message: Message, content: bytes) -> Path:
    """Write the letter whole or not at all; writing it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    target = _place(folder, message.message_id)
    unfinished = folder / f".{target.name}.unfinished"
    unfinished.write_bytes(content)
    unfinished.replace(target)
    return target


def remove_letter(folder: Path, message_id: str) -> None:
    """Remove the file of a letter whose content is to be forgotten, where there is one."""
    _place(folder, message_id).unlink(missing_ok=True)


def _place(folder: Path, message_id: str) -> Path:
    return folder / f"{message_id.strip('<>').partition('@')[0]}.eml"
