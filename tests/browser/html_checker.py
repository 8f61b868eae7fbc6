"""The HTML checker, which is started once and asked about each page."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from tests.browser.served import free_port

PROGRAM = Path(__file__).parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"
HERE = "127.0.0.1"
HEADERS = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}  # it answers nobody without a name
NOT_READ = "CSS:"  # of styles it knows less than browsers do


class HtmlChecker:
    def __init__(self, port: int) -> None:
        self._port = port

    def complaints(self, source: str) -> list[str]:
        """Return all that the checker says of a page: faults, warnings and hints, but for styles."""
        connection = HTTPConnection(HERE, self._port)
        try:
            connection.request("POST", "/?out=json", source.encode(), HEADERS)
            said = json.load(connection.getresponse())
        finally:
            connection.close()
        return [
            f"{each['message']} {each.get('extract', '')}"
            for each in said["messages"]
            if not each["message"].startswith(NOT_READ)
        ]


@contextmanager
def html_checker() -> Iterator[HtmlChecker]:
    """Run the checker on a port of this machine until the end."""
    port = free_port()
    only_here = f"-Dnu.validator.servlet.bind-address={HERE}"
    command = ["java", "-Xss1m", only_here, "-cp", str(PROGRAM), "nu.validator.servlet.Main", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        try:
            if not any("service started" in line for line in process.stdout):  # it says so when the port is open
                raise RuntimeError("the HTML checker did not start")
            yield HtmlChecker(port)
        finally:
            process.terminate()
