"""The browser of the journeys: found, installed where we may, or asked for in plain words."""

import os
import shutil
import subprocess
from pathlib import Path

from brygga.config import chromium

APT = Path("/usr/bin/apt-get")


class NoBrowserError(Exception):
    """There is no Chromium and we may not install one."""


def find_or_install():
    """Return the path of a Chromium; install Debian's where we are root and there is apt-get."""
    named = os.environ.get("BRYGGA_CHROMIUM", "")
    found = chromium.find(named)
    if found:
        return found
    if named or os.geteuid() != 0 or not APT.exists():
        raise NoBrowserError(f"The journeys need a browser. {chromium.CURE}")
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run([APT, "-qq", *words], check=True, env=environment())
    found = chromium.find("")
    if not found:
        raise NoBrowserError(f"apt-get installed no Chromium. {chromium.CURE}")
    return found


def environment():
    """Debian's launcher is a shell script: it needs the system's own tools in PATH."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin", "/sbin", "/bin"])
    return {**os.environ, "PATH": path, "DEBIAN_FRONTEND": "noninteractive"}


def launch_options():
    """Return what Playwright's `launch` needs on this machine."""
    arguments = ["--disable-background-networking", "--force-color-profile=srgb"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses to be root with its sandbox
    shared = Path("/dev/shm")
    if shared.exists() and shutil.disk_usage(shared).total < 256 * 2**20:
        arguments.append("--disable-dev-shm-usage")  # containers give 64 MB, pages need more
    return {
        "executable_path": str(find_or_install()),
        "args": arguments,
        "env": environment(),
    }
