"""Find the browser that the journeys drive."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin",
    "/usr/local/bin",
    "/snap/bin",
    "/Applications/Chromium.app/Contents/MacOS",
    "/Applications/Google Chrome.app/Contents/MacOS",
)
CURE = "Install Chromium (Debian: apt-get install chromium), or name one in BRYGGA_CHROMIUM."


def find(named: str) -> Path | None:
    """Return the named browser, or the first known one in PATH and in the usual places."""
    if named:
        found = shutil.which(named)
    else:
        path = os.pathsep.join([os.environ.get("PATH", ""), *PLACES])
        candidates = (shutil.which(name, path=path) for name in (*NAMES, "Chromium"))
        found = next((it for it in candidates if it), None)
    return Path(found) if found else None
