"""Every page of Brygga: its address, who may read it, and how to fill it.

From this list come the sweeps over rights, numbers of queries, undefined names, hostile strings and
accessibility. A new URL comes here first; one that is missing fails a test.
"""

from importlib import import_module

APPS = (
    "portal",
    "core",
    "accounts",
    "organisations",
    "dialogues",
    "dialogues_public",
    "moderation",
    "planning",
    "perspectives",
    "outcomes",
    "register",
    "jobs",
    "writing",
)
PAGES = tuple(
    page for app in APPS for page in import_module(f"tests.architecture.inventory.{app}").PAGES
)
