"""A virus scanner: a program of the machine that is given a file before it is kept.

The program reads the file on its standard input, and its exit status says what it found, as ClamAV's programs do:
0 nothing, 1 a virus, anything else that it could not look. It is started without a shell.
"""

import os
import shlex
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

MOST_SECONDS = 60.0


class Verdict(Enum):
    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scanner:
    """command: the program and its arguments. seconds: how long it may take for one file."""

    command: tuple[str, ...]
    seconds: float = MOST_SECONDS

    @classmethod
    def of(cls, written: str) -> "Scanner | None":
        """Return the scanner of a command as it is typed; None where there is none."""
        command = tuple(shlex.split(written))
        return cls(command) if command else None

    def scan(self, content: bytes) -> Verdict:
        """Let the program look at a file. UNKNOWN when it is missing, fails, or takes too long."""
        try:
            running = subprocess.Popen(  # nosec B603  # noqa: S603  # no shell; the installation's own setting
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                env={"PATH": os.environ.get("PATH", os.defpath), "HOME": "/"},  # none of the installation's secrets
            )
        except OSError:
            return Verdict.UNKNOWN
        with running:
            try:
                running.communicate(content, timeout=self.seconds)
            except subprocess.TimeoutExpired:
                _end(running)
                return Verdict.UNKNOWN
        return {0: Verdict.CLEAN, 1: Verdict.INFECTED}.get(running.returncode, Verdict.UNKNOWN)


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
