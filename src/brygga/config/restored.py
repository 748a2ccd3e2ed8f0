"""What has to be done in a database that comes from a backup, in a process of its own."""

import django
from django.utils import timezone


def main() -> None:
    django.setup()
    from brygga.core.mail.operations import hold_after_restore  # noqa: PLC0415 – needs Django set up

    hold_after_restore(at=timezone.now())


if __name__ == "__main__":
    main()
