"""Print the map that the product keeps of a dialogue, as the bytes of map.json."""

import json
import sys

import django


def main():
    django.setup()
    from brygga.config.demo.loading import find  # noqa: PLC0415 – needs Django set up

    kept = find(sys.argv[1]).rounds.get().maps.latest("computed_at")
    sys.stdout.write(json.dumps(kept.summary, indent=1, sort_keys=True, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
