"""The lock files: what a build is made of, to the version and the hash."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, order=True)
class Locked:
    """One package. kind: "pypi" or "npm". hashes: (algorithm, hexadecimal or base64) of its files."""

    kind: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...] = ()
    licence: str = ""


def python_packages(path: Path) -> Iterator[Locked]:
    """Give what a lock file of Python packages holds, in its order."""
    for paragraph in re.split(r"\n(?=[A-Za-z0-9])", path.read_text()):
        if found := _PINNED.match(paragraph):
            hashes = tuple(("SHA-256", each) for each in _HASH.findall(paragraph))
            yield Locked("pypi", found["name"].lower(), found["version"], hashes)


def node_packages(path: Path) -> Iterator[Locked]:
    """Give what is built into the pages' styles and scripts, without what only the tests use."""
    for place, entry in json.loads(path.read_text())["packages"].items():
        if place and not entry.get("dev"):
            algorithm, _, digest = entry.get("integrity", "").partition("-")
            hashes = (("SHA-512", digest),) if algorithm == "sha512" else ()
            yield Locked(
                "npm", place.rpartition("node_modules/")[2], entry["version"], hashes, entry.get("license", "")
            )
