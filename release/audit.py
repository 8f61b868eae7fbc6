"""Whether a fault is known in anything that we depend on. It asks PyPI and npm, so it needs a network.

Usage: python -m release.audit. Exit status: 0 none is known; 1 one is known; 2 nobody could be asked.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK_FILES = ("requirements.lock", "requirements-test.lock", "requirements-node.lock")
NOT_ASKED = "The registries of known faults could not be asked: is there a network? Nothing was found out."
NONE_KNOWN = "No fault is known in what is locked."


class NotAskedError(Exception):
    """A registry did not answer."""


def main() -> int:
    try:
        faults = [*(fault for name in LOCK_FILES for fault in ask_about_python(name)), *ask_about_node()]
    except NotAskedError:
        print(NOT_ASKED, file=sys.stderr)
        return 2
    print("\n".join(faults) or NONE_KNOWN)
    return 1 if faults else 0


def ask_about_python(lock_file: str) -> list[str]:
    auditor = Path(sys.executable).with_name("pip-audit")
    return python_faults(
        _printed([str(auditor), "--requirement", lock_file, "--require-hashes", "--disable-pip", "--format", "json"])
    )


def ask_about_node() -> list[str]:
    return node_faults(_printed(["assets/with-node", "npm", "audit", "--json"]))


def python_faults(printed: str) -> list[str]:
    """Return a sentence for each known fault. printed: by pip-audit. Raises NotAskedError."""
    found = _document(printed, "dependencies")["dependencies"]
    return [
        f"{each['name']} {each['version']}: {fault['id']}{_mended(fault['fix_versions'])}"
        for each in found
        for fault in each.get("vulns", ())
    ]


def node_faults(printed: str) -> list[str]:
    """Return a sentence for each known fault. printed: by npm. Raises NotAskedError."""
    found = _document(printed, "vulnerabilities")["vulnerabilities"]
    return [f"{name} (npm): {each['severity']}" for name, each in sorted(found.items())]


def _mended(versions: Iterable[str]) -> str:
    return f", mended in {', '.join(versions)}" if versions else ""


def _document(printed: str, key: str) -> dict[str, Any]:
    try:
        document = json.loads(printed)
    except ValueError:
        raise NotAskedError from None
    if key not in document:
        raise NotAskedError
    return document


def _printed(command: list[str]) -> str:
    environment = {**os.environ, "PYTHON": sys.executable}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout  # nosec B603  # our own two programs


if __name__ == "__main__":
    sys.exit(main())
