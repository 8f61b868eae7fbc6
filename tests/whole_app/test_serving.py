"""The production server, spoken to byte by byte: where one request ends, and what it says of itself."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

DRIVING_SEAT = Path(sys.executable).with_name("driving-seat")
SECONDS = 30
SMUGGLED = b"GET /standards HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ODD = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
    "a length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
    "chunks in another spelling": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "a length with a sign": b"Content-Length: +5\r\n\r\nhello",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "a blank before the colon": b"Content-Length : 5\r\n\r\nhello",
    "a folded line": b"X-Long: a\r\n b\r\nContent-Length: 0\r\n\r\n",
    "a line end within a value": b"X-Odd: a\nContent-Length: 0\r\n\r\n",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[tuple[str, int]]:
    """Serve a new installation on a port that is free."""
    environment = {**os.environ, "DRIVING_SEAT_HOME": str(home), "DATABASE_URL": ""}
    subprocess.run([DRIVING_SEAT, "init"], env=environment, check=True, capture_output=True)
    command = [DRIVING_SEAT, "serve", "--port", "0", "--workers", "1"]
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as running,
    ):
        assert running.stdout is not None
        try:
            found = urlsplit(running.stdout.readline().strip().rpartition(" ")[2])
            yield str(found.hostname), int(found.port or 0)
        finally:
            running.terminate()


def answers(address: tuple[str, int], request: bytes) -> list[bytes]:
    """Return the first line of every answer that comes before the server closes the line."""
    with socket.create_connection(address, SECONDS) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        read = b""
        while piece := line.recv(65_536):
            read += piece
    return [each.split(b"\r\n")[0] for each in read.split(b"HTTP/1.1 ")[1:]]


def test_an_honest_request_is_answered(address: tuple[str, int]):
    (only,) = answers(address, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    assert only.startswith(b"200")


@pytest.mark.parametrize("headers", ODD.values(), ids=ODD)
def test_a_request_whose_end_is_not_clear_is_refused_and_no_second_one_is_read_out_of_it(
    address: tuple[str, int], headers: bytes
):
    found = answers(address, b"POST /look HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers)

    assert [each[:3] for each in found] in ([b"400"], [b"501"])


def test_the_server_does_not_say_which_it_is_of_what_version(address: tuple[str, int]):
    with socket.create_connection(address, SECONDS) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        head = line.recv(65_536).split(b"\r\n\r\n")[0].lower()

    assert b"server: gunicorn/" not in head
    assert b"python" not in head
    assert b"werkzeug" not in head


def test_no_network_address_of_a_visitor_is_logged_whatever_they_send(address: tuple[str, int], home: Path):
    for headers in ODD.values():
        answers(address, b"POST /a/secret-of-a-link HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers)
    answers(address, b"GET /a/secret-of-a-link HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    logged = (home / "log").read_text()
    assert '"endpoint": "answer.welcome"' in logged
    assert "127.0.0.1" not in logged
    assert "secret-of-a-link" not in logged
