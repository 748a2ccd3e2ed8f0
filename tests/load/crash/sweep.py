"""Do what the worker's sweep does each minute, as it would a little later."""

from datetime import timedelta

import django
from django.utils import timezone


def main():
    django.setup()
    from brygga.core.mail import operations  # noqa: PLC0415 - models need Django set up
    from brygga.core.mail.operations.upkeep import NEGLECTED_AFTER  # noqa: PLC0415

    later = timezone.now() + NEGLECTED_AFTER + timedelta(seconds=1)
    operations.recover_abandoned(at=later)
    operations.defer_neglected(at=later)


if __name__ == "__main__":
    main()
