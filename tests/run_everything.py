"""Run every check, or those that are named, and close with the counts of all tests."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PURE = ("standards", "surveys", "organisations", "responses", "scoring", "disclosure", "reports")
WORKERS = os.environ.get("BROWSER_WORKERS", "2")

PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-header"]
CHECKS: dict[str, list[list[str]]] = {
    "lint": [
        [str(BIN / "ruff"), "check", "."],
        [str(BIN / "ruff"), "format", "--check", "."],
        [str(BIN / "djlint"), "app/web/templates", "--lint", "--quiet"],
        [str(BIN / "bandit"), "-q", "-c", "pyproject.toml", "-r", "app", "config.py", "release"],
    ],
    "types": [[str(BIN / "mypy")]],
    "imports": [[str(BIN / "lint-imports")]],
    "unit": [
        [*PYTEST, *(f"tests/unit/{name}" for name in PURE), *(f"--cov=app.{name}" for name in PURE), "--cov-branch",
         "--cov-fail-under=100", "--cov-report=term-missing:skip-covered"],
        [*PYTEST, "tests/unit", "-n", WORKERS, *(f"--ignore=tests/unit/{name}" for name in PURE)],
    ],
    "property": [[*PYTEST, "tests/property", "-n", WORKERS, "--dist=worksteal"]],
    "integration": [[*PYTEST, "tests/integration", "tests/web", "tests/whole_app", "-n", WORKERS, "--dist=worksteal"]],
    "attacks": [[*PYTEST, "tests/attacks", "-n", WORKERS, "--dist=loadfile"]],
    "browser": [[*PYTEST, "tests/browser", "-n", WORKERS, "--dist=worksteal"]],
}  # fmt: skip
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


def run(command: list[str]) -> tuple[int, dict[str, int]]:
    """Run a command, showing what it prints; return its exit status and the tests it counted."""
    print(f"\n$ {' '.join(Path(word).name if word.startswith('/') else word for word in command)}", flush=True)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line if COUNTED.search(line) else last
    status = process.wait()
    if "pytest" not in command:
        return status, {}
    return status, {word.rstrip("s") if word.startswith("error") else word: int(n) for n, word in COUNTED.findall(last)}


def main(names: list[str]) -> int:
    started = time.monotonic()
    totals = {"passed": 0, "failed": 0, "error": 0, "skipped": 0}
    broken = []
    for name in names:
        for command in CHECKS[name]:
            status, counts = run(command)
            for word, count in counts.items():
                totals[word] += count
            if status:
                broken.append(name)
    print(f"\n{time.monotonic() - started:.0f} s; " + (f"not passed: {', '.join(broken)}" if broken else "all passed"))
    print(f"{totals['passed']} passed, {totals['failed'] + totals['error']} failed, {totals['skipped']} skipped")
    return 1 if broken or totals["skipped"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(CHECKS)))
