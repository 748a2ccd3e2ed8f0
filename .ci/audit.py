"""Audit what Brygga is made of: locks, licences, secrets, and known faults in packages.

The first three need no network. The last asks the package registry that pip is set up for; where
it does not answer, that is said in capitals and, with --strict, is an error.
"""

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".venv-audit/bin"
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SECRETS = ROOT / ".ci/secrets.json"
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (Affero |Lesser |Library )?General Public", re.IGNORECASE)
# Used as they are, over their interfaces, and not changed: their licence stays with them.
ALLOWED = {
    "djhtml": "GPL, indents our templates while we write them, and is never shipped",
    "psycopg": "LGPL, a library that we call",
    "psycopg-binary": "LGPL, a library that we call",
    "psycopg-pool": "LGPL, a library that we call",
}
NEVER = ("node_modules", ".git/", ".po")


def locks() -> list[str]:
    """Find what is locked without a hash, by which another file could take its place."""
    return [
        f"{lock.name}: {block.splitlines()[0]} has no hash"
        for lock in LOCKS
        for block in re.split(r"\n(?=\S)", lock.read_text())
        if "==" in block and not block.startswith("#") and "--hash=sha256:" not in block
    ]


def licences() -> list[str]:
    """Find installed packages whose licence would bind Brygga's own."""
    faults = []
    for package in metadata.distributions(path=site_packages()):
        told = package.metadata
        name = told["Name"].lower()
        kinds = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
        text = " ".join([*kinds, told.get("License-Expression") or "", short(told.get("License"))])
        other_way = " OR " in text and re.search(r"MIT|BSD|Apache|EUPL|MPL", text)
        if COPYLEFT.search(text) and not other_way and name not in ALLOWED:
            faults.append(f"{name} {package.version}: {text.strip()[:100]}")
    return faults


def short(licence: str | None) -> str:
    """Leave out whole licence texts, which name other licences as well."""
    return licence if licence and len(licence) < 200 else ""


def site_packages() -> list[str]:
    return [str(path) for path in (ROOT / ".venv/lib").glob("python3*/site-packages")]


def secrets() -> list[str]:
    """Find what looks like a secret and is not in the list of those that are known to be none."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    files = [name for name in names if name and not name.endswith(NEVER) and not is_lock(name)]
    tests = [name for name in files if name.startswith("tests/")]
    others = [name for name in files if not name.startswith("tests/")]
    known = json.loads(SECRETS.read_text())
    return [
        f"{place}: {kind} ({digest})"
        for place, kind, digest in [*scan(others), *scan(tests, NO_KEYWORDS)]
        if digest not in known
    ]


def scan(names: list[str], *options: str) -> list[tuple[str, str, str]]:
    found = subprocess.run(
        [str(TOOLS / "detect-secrets"), "scan", *OPTIONS, *options, *names],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [
        (f"{name}:{one['line_number']}", one["type"], one["hashed_secret"])
        for name, ones in json.loads(found)["results"].items()
        for one in ones
    ]


OPTIONS = (
    "--no-verify",  # asks no service whether a key works
    "--disable-plugin=Base64HighEntropyString",  # names of files and words of Swedish look random
    "--disable-plugin=HexHighEntropyString",  # so do digests, of which the tests hold many
)
NO_KEYWORDS = "--disable-plugin=KeywordDetector"  # tests make up secrets of their own


def is_lock(name: str) -> bool:
    return name.startswith("requirements/")


def known_faults() -> tuple[list[str], int, int]:
    """Give the faults that the registry knows of, how many packages it told of, and of how many."""
    faults, told, asked = [], 0, 0
    for lock in LOCKS:
        asked += len(re.findall(r"(?m)^[A-Za-z0-9][^#\s]*==", lock.read_text()))
        try:
            answer = subprocess.run(
                [str(TOOLS / "pip-audit"), *PIP_AUDIT, "--requirement", str(lock)],
                cwd=ROOT,
                check=False,
                capture_output=True,
                text=True,
                timeout=MOST_SECONDS,
            )
            packages = json.loads(answer.stdout)["dependencies"]
        except (ValueError, KeyError, subprocess.TimeoutExpired):
            continue
        for package in packages:
            told += "skip_reason" not in package
            for fault in package.get("vulns", []):
                mended = ", ".join(fault["fix_versions"]) or "no version yet"
                faults.append(f"{package['name']} {package['version']}: {fault['id']} ({mended})")
    return faults, told, asked


MOST_SECONDS = 90
PIP_AUDIT = (
    "--disable-pip",
    "--require-hashes",
    "--progress-spinner=off",
    "--timeout=15",
    "--format=json",
)


def main() -> int:
    bad = 0
    for name, check in (("locks", locks), ("licences", licences), ("secrets", secrets)):
        faults = check()
        bad += len(faults)
        print(f"{name}: {len(faults)} faults", *faults, sep="\n  ")
    if "--offline" in sys.argv:
        return bool(bad)
    faults, told, asked = known_faults()
    bad += len(faults)
    print(f"known faults: {len(faults)}, in {told} packages", *faults, sep="\n  ")
    if told < asked:
        print(
            f"NOT CHECKED for known faults: {asked - told} of {asked}. The registry gave no answer."
        )
        bad += "--strict" in sys.argv
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
