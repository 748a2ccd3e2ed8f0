"""Print where the things of the demo are, as JSON. Run as a process of its own."""

import json
import sys

import django
from django.urls import reverse


def main():
    django.setup()
    from brygga.config.demo.loading import find  # noqa: PLC0415 – needs Django set up

    found = {}
    for name in ("school", "area", "draft", "internal", "housing"):
        dialogue = find(name)
        if dialogue is None:
            continue
        found[name] = dialogue.get_absolute_url()
        found[f"{name} workspace"] = reverse("dialogues:workspace", args=[dialogue.public_id])
        for asked in dialogue.rounds.all():
            found[f"{name} round"] = reverse("perspectives:take_part", args=[asked.public_id])
            found[f"{name} result"] = reverse("perspectives:results", args=[asked.public_id])
            found[f"{name} map"] = reverse("perspectives:map", args=[asked.public_id])
            found[f"{name} packages"] = reverse("perspectives:packages", args=[asked.public_id])
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
