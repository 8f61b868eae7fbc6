"""Calls to other servers reach whom they may, over real connections, and nobody else."""

import gzip
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from app.errors import Invalid
from app.outgoing import Caller, CallFailedError, CallFault, CallRules
from tests.another_server import AnotherServer, Asked, says
from tests.certificates import certificate, server_context

NAME = "id.example.org"
WORLD = "93.184.215.14"
ELSEWHERE = "https://id.example.org/"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AnotherServer]:
    own, its_key = certificate(tmp_path, NAME)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with AnotherServer().open(server_context(own, its_key)) as opened:
        yield opened


def caller(server: AnotherServer, name: str = NAME) -> Caller:
    """Return a caller for whom the server is one of our own network."""
    return Caller(CallRules.of(f"{name}:{server.port}"), lambda _host, _port: ["127.0.0.1"])


def url(server: AnotherServer, path: str = "/", name: str = NAME) -> str:
    return f"https://{name}:{server.port}{path}"


def fault_of(called: Caller, address: str) -> CallFault:
    with pytest.raises(CallFailedError) as failed:
        called.get(address)
    assert str(failed.value) == failed.value.fault.value
    return failed.value.fault


def test_a_server_of_our_own_network_is_called_over_https_by_its_name(server: AnotherServer):
    server.replies["/who"] = says(b'{"me": 1}', Set_Cookie="a=b")

    answer = caller(server).get(url(server, "/who?x=1%202"))

    assert (answer.status, answer.body) == (200, b'{"me": 1}')
    (asked,) = server.asked
    assert asked.path == "/who?x=1%202"
    assert asked.headers == {
        "host": f"{NAME}:{server.port}",
        "user-agent": "driving-seat",
        "accept-encoding": "identity",
        "connection": "close",
    }


def test_a_form_is_posted(server: AnotherServer):
    server.replies["/token"] = says(b"{}")

    caller(server).post_form(url(server, "/token"), {"code": "a&b"}, {"Authorization": "Basic x"})

    (asked,) = server.asked
    assert (asked.method, asked.body, asked.headers["authorization"]) == ("POST", b"code=a%26b", "Basic x")


def test_a_proxy_of_the_environment_is_not_used(server: AnotherServer, monkeypatch: pytest.MonkeyPatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    server.replies["/"] = says(b"here")

    assert caller(server).get(url(server)).body == b"here"


def test_a_certificate_for_another_name_or_from_nobody_known_is_refused(
    server: AnotherServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert fault_of(caller(server, "other.example.org"), url(server, name="other.example.org")) is CallFault.ENCRYPTION
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path, "stranger.example.org")[0]))
    assert fault_of(caller(server), url(server)) is CallFault.ENCRYPTION
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://id.example.org/", "https://id.example.org:22/", "https://id.example.org:80/", "file:///etc/passwd",
        "gopher://127.0.0.1:25/", "ftp://id.example.org/", "//id.example.org/", "id.example.org", "", "https://", "https:///x",
        "https://id.example.org@127.0.0.1/", "https://a:b@id.example.org/", "https://id.example.org/#x",
        "https://id.example.org:99999/", "https://[::1/", "https://id.example.org\r\nX: y/", "https://\x00/",
        "http://127.0.0.1/", "http://localhost:8000/",
    ],
)  # fmt: skip
def test_an_address_of_another_kind_is_not_even_looked_up(address: str):
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> Sequence[str]:
        looked_up.append(host)
        return [WORLD]

    assert fault_of(Caller(resolve=resolve), address) is CallFault.NOT_ALLOWED
    assert looked_up == []


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "2130706433", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "127.1", "0", "[::1]", "[::]",
        "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "localhost.", "LOCALHOST", "169.254.169.254",
        "[::ffff:169.254.169.254]", "10.0.0.1", "100.64.0.1", "[fd00::1]", "[fe80::1]", "224.0.0.1",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "１２７.0.0.1", "127。0。0。1",
    ],
)  # fmt: skip
def test_no_way_to_write_an_address_leads_into_a_network_of_our_own(host: str, no_connection: list[object]):
    """The machine's own resolver reads them."""
    fault = fault_of(Caller(), f"https://{host}/")

    assert fault in {CallFault.NOT_ALLOWED, CallFault.UNREACHABLE}
    assert no_connection == []


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Where it was tried to connect; nothing is connected."""
    tried: list[object] = []

    def refuse(address, *_, **__):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    return tried


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], [WORLD, "127.0.0.1"], ["::1", WORLD], ["169.254.169.254"], ["no address"]]
)
def test_a_name_that_leads_into_a_network_of_our_own_is_not_called(found: list[str], no_connection: list[object]):
    assert fault_of(Caller(resolve=lambda _host, _port: found), ELSEWHERE) in {
        CallFault.NOT_ALLOWED,
        CallFault.UNREACHABLE,
    }
    assert no_connection == []


def test_a_name_that_changes_its_address_meanwhile_is_called_at_the_one_that_was_judged(no_connection: list[object]):
    answers = iter([[WORLD, "1.1.1.1"], ["127.0.0.1"]])

    assert fault_of(Caller(resolve=lambda _host, _port: next(answers)), ELSEWHERE) is CallFault.UNREACHABLE
    assert no_connection == [(WORLD, 443), ("1.1.1.1", 443)]
    assert next(answers) == ["127.0.0.1"]


def test_a_server_of_our_own_network_may_not_become_a_links_own(server: AnotherServer, no_connection: list[object]):
    for address in ("169.254.169.254", "0.0.0.0", "fe80::1", "224.0.0.1"):
        called = replace(caller(server), resolve=lambda _host, _port, found=address: [found])
        assert fault_of(called, url(server)) is CallFault.NOT_ALLOWED
    assert no_connection == []


def test_only_the_very_server_that_was_named_is_of_our_own_network(server: AnotherServer, no_connection: list[object]):
    called = replace(caller(server), rules=CallRules.of(NAME))

    assert fault_of(called, url(server)) is CallFault.NOT_ALLOWED
    assert fault_of(called, f"https://sub.{NAME}/") is CallFault.NOT_ALLOWED
    assert no_connection == []


def test_plain_http_is_for_this_machine_where_it_was_named():
    with AnotherServer({"/": says(b"here")}).open() as plain:
        called = Caller(CallRules.of(f"http://127.0.0.1:{plain.port}"))
        assert called.get(f"http://127.0.0.1:{plain.port}/").body == b"here"
        assert fault_of(called, f"http://localhost:{plain.port}/") is CallFault.NOT_ALLOWED


@pytest.mark.parametrize(
    "hosts", ["http://id.example.org", "https://a@id.example.org", "id.example.org/path", "ftp://x", "a b", "x:y", "*"]
)
def test_what_names_no_server_of_our_own_network_is_refused(hosts: str):
    with pytest.raises(Invalid):
        CallRules.of(hosts)


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/", "file:///etc/passwd", "https://127.0.0.1/"])
def test_a_redirect_is_not_followed(server: AnotherServer, target: str):
    server.replies["/"] = says(b"", 302, Location=target)

    assert caller(server).get(url(server)).status == 302
    assert len(server.asked) == 1


def test_too_much_is_cut_off(server: AnotherServer):
    def endless(handler: BaseHTTPRequestHandler, _asked: Asked) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)

    server.replies |= {"/": says(b"x" * 1001), "/endless": endless, "/just": says(b"x" * 1000)}
    called = replace(caller(server), largest=1000)

    assert fault_of(called, url(server)) is CallFault.TOO_LARGE
    assert fault_of(called, url(server, "/endless")) is CallFault.TOO_LARGE
    assert len(called.get(url(server, "/just")).body) == 1000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity, gzip"])
def test_what_is_compressed_is_not_opened(server: AnotherServer, coding: str):
    server.replies["/"] = says(gzip.compress(b"0" * 50_000_000), Content_Encoding=coding)

    assert fault_of(caller(server), url(server)) is CallFault.NOT_UNDERSTOOD


def test_a_server_that_speaks_slowly_is_not_waited_for(server: AnotherServer):
    def slowly(handler: BaseHTTPRequestHandler, _asked: Asked) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    server.replies["/"] = slowly
    begun = time.monotonic()

    assert fault_of(replace(caller(server), seconds=0.5), url(server)) is CallFault.TOO_SLOW
    assert time.monotonic() - begun < 3


def test_what_is_no_answer_is_said_so(server: AnotherServer):
    server.replies["/"] = lambda handler, _asked: handler.wfile.write(b"nonsense\r\n\r\n")

    assert fault_of(caller(server), url(server)) is CallFault.NOT_UNDERSTOOD


def test_a_name_that_nobody_has_is_unreachable():
    def resolve(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    assert fault_of(Caller(resolve=resolve), ELSEWHERE) is CallFault.UNREACHABLE
