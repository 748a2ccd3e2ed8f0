"""Build the inventory's world in a state and print where its pages are, as JSON.

Every list holds a few rows. With the addresses come the sessions of those who look.
"""

import json
import sys

import django

FILLED = 3
LED_ON = 302


def main():
    django.setup()
    from tests.architecture.inventory import PAGES  # noqa: PLC0415 – needs Django set up
    from tests.architecture.inventory.page import ANONYMOUS  # noqa: PLC0415
    from tests.architecture.inventory.world import World  # noqa: PLC0415

    state = sys.argv[1]
    pages = [
        page
        for page in PAGES
        if page.state == state and page.answers != LED_ON
        if not (page.posts_only or page.gives_file)  # a stream would never end
    ]
    world = World()
    world.put_in(state)
    found, sessions = [], {ANONYMOUS: ""}
    for page in pages:
        reader = page.looked_at_by()
        if reader not in sessions:
            sessions[reader] = world.client(reader).cookies["sessionid"].value
        found.append(
            {
                "name": str(page),
                "address": world.address(page),
                "public": page.public,
                "answers": page.answers,
                "session": sessions[reader],
            }
        )
    for page in pages:
        if page.fill:
            page.fill(world, FILLED)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
