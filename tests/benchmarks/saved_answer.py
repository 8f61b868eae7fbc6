"""What it costs to save one answer: the POST and the following GET, against a minimal application that is as durable.

Both run under the production server, in a process of their own, and are asked over one kept connection; what is
measured is the CPU time of that server.
"""

import http.client
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.benchmarks.installation import installed
from tests.benchmarks.serving import Served, served

BATCHES = 5
ANSWERS = 300
ANSWERS_OF_THE_MINIMUM = 900
TIMES_THE_MINIMUM = 6


def saved_answer(folder: Path) -> Iterator[Figure]:
    """CPU milliseconds per saved answer; the limit is 6 × the minimal application's, measured in turn with it."""
    measured = installed(folder)
    links = [measured.begun_link() for _ in range(BATCHES + 1)]
    with (
        served("tests.benchmarks.applications:driving_seat", folder) as ours,
        served("tests.benchmarks.applications:minimal", folder) as minimal,
    ):
        _answer(ours, f"/a/{links[0]}/q/S01.a", ANSWERS, measured.cookie(links[0]))
        _answer(minimal, "/", ANSWERS)
        pairs = [
            (
                _answer(ours, f"/a/{link}/q/S01.a", ANSWERS, measured.cookie(link)),
                _answer(minimal, "/", ANSWERS_OF_THE_MINIMUM),
            )
            for link in links[1:]
        ]
    own, least = (statistics.median(values) for values in zip(*pairs, strict=True))
    yield Figure("saved_answer_cpu", own, "ms", TIMES_THE_MINIMUM * least)


def _answer(server: Served, first: str, times: int, cookie: str = "") -> float:
    """Answer over and over from the first question on, and return the server's CPU milliseconds for one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    device = {"Cookie": cookie}
    form = {"Content-Type": "application/x-www-form-urlencoded", **device}
    path = first
    before = server.cpu_seconds()
    for _ in range(times):
        location = _asked(connection, "POST", path, b"answer=sometimes", form, 303)
        path = location.partition("?")[0] or first
        _asked(connection, "GET", path, b"", device, 200)
        if "/q/" not in path:
            path = first
    connection.close()
    return (server.cpu_seconds() - before) * 1000 / times


def _asked(
    connection: http.client.HTTPConnection, method: str, path: str, body: bytes, headers: dict[str, str], status: int
) -> str:
    connection.request(method, path, body or None, headers)
    answered = connection.getresponse()
    answered.read()
    if answered.status != status:
        raise RuntimeError(f"{method} was answered with {answered.status}, not {status}")
    return answered.headers.get("Location", "").removeprefix(f"http://127.0.0.1:{connection.port}")
