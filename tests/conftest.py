"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A test proves what is computed, not how fast a busy machine computed it.
settings.register_profile("brygga", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("brygga")
