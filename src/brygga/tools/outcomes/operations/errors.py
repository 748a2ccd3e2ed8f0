"""What may stop a write, in the words of this tool."""


class ReasonMissingError(Exception):
    """Whoever takes something back, or moves it, says why in public."""


class AlreadyPublishedError(Exception):
    """What is published is not rewritten: it is withdrawn, corrected or updated in public."""


class NotPublishedError(Exception):
    """Only what has been published can be treated like this."""


class ForeignRowError(Exception):
    """What is pointed at belongs to another dialogue."""


class ChangedMeanwhileError(Exception):
    """Somebody else has changed this since the form was opened. Nothing was saved."""
