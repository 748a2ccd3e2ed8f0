from brygga.dialogues.models import Dialogue, Mandate


def get_mandate(dialogue: Dialogue) -> Mandate:
    """Read the mandate as it stands now, whatever the dialogue in hand remembers."""
    return Mandate.objects.select_related("feeds_body", "start_body", "feedback_owner").get(
        dialogue=dialogue
    )
