"""An installation to measure: SQLite with full durability, and one open round."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.organisations import OPERATOR
from app.responses import Round
from app.services import answering
from app.services.inviting import invite
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from app.web import create_app
from config import Settings
from tests.databases import prepare
from tests.days import TODAY


@dataclass(frozen=True, slots=True)
class Measured:
    app: Flask
    database: Database
    round: Round

    def begun_link(self, edition: Edition = Edition.EASY_READ) -> str:
        """Return the secret of a link with which somebody has begun to answer."""
        (link,) = invite(self.database, self.round.id, Audience.PERSON, 1)
        answering.start(self.database, link.token, edition, "en")
        return link.token

    def cookie(self, token: str) -> str:
        """Return the cookie of a device on which the link's holder has said that it is them."""
        request = environ("POST", f"/a/{token}/is-this-you", b"is_me=yes")
        answered = call(self.app, request)
        if answered.status != 303 or answered.headers is None:
            raise RuntimeError(f"the device was not trusted: {answered.status}")
        return answered.headers["set-cookie"].partition(";")[0]


def settings_of(folder: Path) -> Settings:
    return Settings(home=folder, secret_key="k" * 40)


def installed(folder: Path) -> Measured:
    folder.mkdir(parents=True)
    settings = settings_of(folder)
    prepare(settings.url_of_database)
    database = Database.at(settings.url_of_database, settings.keys).acting_for(OPERATOR)
    provider = add_provider(database, "Bramble Way Support")
    opened = open_round(database, provider.id, "personalised-support", on=TODAY)
    return Measured(create_app(settings), database, opened)


def environ(method: str, path: str, body: bytes = b"", **extra: Any) -> dict[str, Any]:
    """Return a WSGI environment as the production server gives it."""
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **extra,
    }


@dataclass(slots=True)
class Answered:
    status: int = 0
    headers: dict[str, str] | None = None
    body: bytes = b""


def call(app: Any, request: dict[str, Any]) -> Answered:
    answered = Answered()

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        answered.status = int(status.split()[0])
        answered.headers = {name.lower(): value for name, value in headers}

    chunks = app(request, start_response)
    answered.body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return answered
