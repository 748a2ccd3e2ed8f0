from brygga.dialogues.models import Contribution, Dialogue, Participant


def has_been_spoken_in(dialogue: Dialogue) -> bool:
    """Tell whether anybody has answered, joined or been quoted here."""
    return (
        Participant.objects.filter(dialogue=dialogue).exists()
        or Contribution.objects.filter(dialogue=dialogue).exists()
    )
