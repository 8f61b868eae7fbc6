"""Calls to other servers, which may be named by somebody who means no good.

A name is resolved here, every address that it gives is judged, and the connection is made to an address that was judged
and to no other; the certificate is still checked against the name. There are no redirects, no cookies, no proxies and
no compression. See docs/decisions/0020-calls-to-other-servers.md.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

import httpcore
import httpx

from app.errors import Invalid
from app.outgoing.addresses import IPAddress, is_loopback, is_of_a_network, is_of_the_world

SECONDS = 10.0
LARGEST_ANSWER = 1024 * 1024
HTTPS = 443
_SENT_ALWAYS = {"User-Agent": "driving-seat", "Accept-Encoding": "identity", "Connection": "close"}

_HOST = re.compile(r"[\w.:-]+")

Resolve = Callable[[str, int], Sequence[str]]


class CallFault(StrEnum):
    """Why a call failed. NOT_ALLOWED: nothing is called there from here. NOT_UNDERSTOOD: what came is no answer."""

    NOT_ALLOWED = "not-allowed"
    UNREACHABLE = "unreachable"
    ENCRYPTION = "encryption"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    NOT_UNDERSTOOD = "not-understood"


class CallFailedError(Exception):
    """A call failed. Neither the address nor anything that came back stands in it."""

    def __init__(self, fault: CallFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Answer:
    """What another server said. A redirect is an answer like any other: nobody follows it."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """The part of an address that says which server is meant."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class CallRules:
    """own: servers in our own network that may be called, though their addresses are not of the world."""

    own: frozenset[Origin] = frozenset()

    @classmethod
    def of(cls, hosts: str) -> "CallRules":
        """Read `id.example.internal,id.example.internal:8443,http://127.0.0.1:9000`. Raises Invalid.

        Plain http is for this machine alone.
        """
        return cls(frozenset(_own_server(each.strip()) for each in hosts.split(",") if each.strip()))

    def refuse(self, origin: Origin) -> None:
        """Raises CallFailedError for a server that may not be called, whatever its addresses are."""
        if origin not in self.own and (origin.scheme, origin.port) != ("https", HTTPS):
            raise CallFailedError(CallFault.NOT_ALLOWED)

    def allow(self, origin: Origin, address: IPAddress) -> bool:
        return is_of_the_world(address) or (origin in self.own and is_of_a_network(address))


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Caller:
    """Calls other servers, each call over a connection of its own. seconds: for all of a call. largest: in bytes."""

    rules: CallRules = field(default_factory=CallRules)
    resolve: Resolve = resolve
    seconds: float = SECONDS
    largest: int = LARGEST_ANSWER

    def may_name(self, url: str) -> bool:
        """Say whether an address is of a kind that is called, and so one to send a browser to."""
        try:
            self.rules.refuse(_target(url)[1])
        except CallFailedError:
            return False
        return True

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Raises CallFailedError."""
        return self._call("GET", url, headers or {})

    def post_form(self, url: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Raises CallFailedError."""
        sent = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self._call("POST", url, sent, urlencode(form).encode())

    def _call(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        target, origin = _target(url)
        self.rules.refuse(origin)
        backend = _Backend(self, origin, time.monotonic() + self.seconds)
        pool = httpcore.ConnectionPool(ssl_context=ssl.create_default_context(), network_backend=backend)
        sent = [*{**_SENT_ALWAYS, **headers}.items()]
        try:
            with pool, pool.stream(method, target, headers=sent, content=body) as response:
                _refuse_compressed(response)
                return Answer(response.status, _read(response.iter_stream(), self.largest))
        except httpcore.TimeoutException:
            raise CallFailedError(CallFault.TOO_SLOW) from None
        except httpcore.ProtocolError:
            raise CallFailedError(CallFault.NOT_UNDERSTOOD) from None
        except (httpcore.NetworkError, httpcore.ConnectionNotAvailable) as error:
            is_encryption = isinstance(error.__cause__ or error.__context__, ssl.SSLError)
            raise CallFailedError(CallFault.ENCRYPTION if is_encryption else CallFault.UNREACHABLE) from None


class _Backend(httpcore.NetworkBackend):
    """Connects to addresses that were judged, within the time of one call."""

    def __init__(self, caller: Caller, origin: Origin, until: float) -> None:
        self._caller = caller
        self._origin = origin
        self._until = until
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  # the call's own time is what counts
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError()
        for address in self._judged(host, port):
            try:
                made = self._inner.connect_tcp(str(address), port, _left(self._until), local_address, socket_options)
                return _Stream(made, self._until)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _judged(self, host: str, port: int) -> list[IPAddress]:
        """Return the addresses of a name. One that is not allowed spoils them all: nobody honest mixes them."""
        try:
            found = [ip_address(each) for each in self._caller.resolve(host, port)]
        except (OSError, ValueError):  # a name that is too long is a ValueError
            raise CallFailedError(CallFault.UNREACHABLE) from None
        if not all(self._caller.rules.allow(self._origin, each) for each in found):
            raise CallFailedError(CallFault.NOT_ALLOWED)
        return found


class _Stream(httpcore.NetworkStream):
    """A connection that ends with the time of its call, however slowly the other side speaks."""

    def __init__(self, inner: httpcore.NetworkStream, until: float) -> None:
        self._inner = inner
        self._until = until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, _left(self._until))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(self._until)), self._until)

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise CallFailedError(CallFault.TOO_SLOW)
    return left


def _target(url: str) -> tuple[httpcore.URL, Origin]:
    """Return where a call goes, by one reading of the address. Raises CallFailedError."""
    try:
        found = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise CallFailedError(CallFault.NOT_ALLOWED) from None
    if found.scheme not in {"https", "http"} or not found.host or found.userinfo or found.fragment:
        raise CallFailedError(CallFault.NOT_ALLOWED)
    origin = Origin(found.scheme, found.host, found.port or (HTTPS if found.scheme == "https" else 80))
    return httpcore.URL(scheme=found.raw_scheme, host=found.raw_host, port=origin.port, target=found.raw_path), origin


def _own_server(entry: str) -> Origin:
    wrong = Invalid("must be names of hosts with commas between, such as id.example.internal,id.example.internal:8443")
    try:
        url, origin = _target(entry if "://" in entry else f"https://{entry}")
    except CallFailedError:
        raise wrong from None
    if (
        (origin.scheme == "http" and not is_loopback(origin.host))
        or url.target != b"/"
        or not _HOST.fullmatch(origin.host)
    ):
        raise wrong
    return origin


def _refuse_compressed(response: httpcore.Response) -> None:
    """Raises CallFailedError: we asked for none, and a little that is compressed can become very much."""
    coding = [value.strip().lower() for name, value in response.headers if name.lower() == b"content-encoding"]
    if any(each not in {b"", b"identity"} for each in coding):
        raise CallFailedError(CallFault.NOT_UNDERSTOOD)


def _read(chunks: Iterable[bytes], largest: int) -> bytes:
    read = bytearray()
    for chunk in chunks:
        read += chunk
        if len(read) > largest:
            raise CallFailedError(CallFault.TOO_LARGE)
    return bytes(read)
