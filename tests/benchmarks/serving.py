"""A production server in a process of its own, whose CPU time can be read."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

SECONDS_TO_START = 20


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    master: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the CPU seconds of the server and its workers so far."""
        times = [each.cpu_times() for each in [self.master, *self.master.children(recursive=True)]]
        return float(sum(each.user + each.system for each in times))


@contextmanager
def served(application: str, folder: Path) -> Iterator[Served]:
    """Serve a WSGI factory ("module:name") with one worker of four threads, and stop it at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", f"{application}()", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "error", "--no-control-socket"]
    log = (folder / "server.log").open("wb")
    process = subprocess.Popen(command, env={**os.environ, "BENCH_FOLDER": str(folder)}, stderr=log)
    try:
        _wait_for(port, process)
        yield Served(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")
