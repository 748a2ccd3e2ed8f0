"""What goes to the register and the archive, what is disposed of, and who asked for their data."""

from brygga.tools.register.models.delivery import Delivery, NumberChange, Paper
from brygga.tools.register.models.request import DataRequest
from brygga.tools.register.models.retention import RetentionLog, RetentionPlan

__all__ = ["DataRequest", "Delivery", "NumberChange", "Paper", "RetentionLog", "RetentionPlan"]
