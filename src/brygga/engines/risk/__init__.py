"""Risk assessment: instruments as data, and what answers to them mean.

Nothing here knows where files lie, who answers or what day it is. README.md tells how a risk is
judged and why so.
"""

from brygga.engines.risk.answers import Answers, AnswersError, EditionError
from brygga.engines.risk.faults import Fault, InstrumentError, Wrong
from brygga.engines.risk.group import Spread, Together, together
from brygga.engines.risk.instrument import (
    CARE,
    DO_NOT_KNOW,
    LANGUAGES,
    Alternative,
    Axis,
    Edition,
    Instrument,
    Kind,
    Level,
    Link,
    Measure,
    Named,
    Origin,
    Result,
    Statement,
    Text,
    Topic,
    Way,
    WayOn,
)
from brygga.engines.risk.reading import MOST_CHARACTERS, read
from brygga.engines.risk.scoring import Assessment, AxisScore, Contribution, assess

__all__ = [
    "CARE",
    "DO_NOT_KNOW",
    "LANGUAGES",
    "MOST_CHARACTERS",
    "Alternative",
    "Answers",
    "AnswersError",
    "Assessment",
    "Axis",
    "AxisScore",
    "Contribution",
    "Edition",
    "EditionError",
    "Fault",
    "Instrument",
    "InstrumentError",
    "Kind",
    "Level",
    "Link",
    "Measure",
    "Named",
    "Origin",
    "Result",
    "Spread",
    "Statement",
    "Text",
    "Together",
    "Topic",
    "Way",
    "WayOn",
    "Wrong",
    "assess",
    "read",
    "together",
]
