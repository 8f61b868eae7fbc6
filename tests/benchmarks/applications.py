"""The two applications that are compared; the folder is in BENCH_FOLDER."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def driving_seat() -> Application:
    from app.web import create_app
    from tests.benchmarks.installation import settings_of

    return create_app(settings_of(_folder()))


def minimal() -> Application:
    """Return a WSGI application that does one read on GET, and one read and one durable write on POST."""
    path = _folder() / "minimal.db"
    with sqlite3.connect(path) as prepared:
        prepared.execute("PRAGMA journal_mode = WAL")
        prepared.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT)")
        prepared.execute("INSERT INTO answer VALUES (1, '')")

    own = threading.local()

    def app(request: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(path, isolation_level=None)
            own.connection.execute("PRAGMA synchronous = FULL")
        (kept,) = own.connection.execute("SELECT value FROM answer WHERE id = 1").fetchone()
        if request["REQUEST_METHOD"] == "POST":
            posted = request["wsgi.input"].read(int(request["CONTENT_LENGTH"])).decode()
            own.connection.execute("BEGIN IMMEDIATE")
            own.connection.execute("UPDATE answer SET value = ? WHERE id = 1", (posted,))
            own.connection.execute("COMMIT")
            start_response("303 See Other", [("Location", "/"), ("Content-Length", "0")])
            return [b""]
        page = b"<!doctype html><title>Answer</title><p>" + kept.encode()
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(page)))])
        return [page]

    return app


def _folder() -> Path:
    return Path(os.environ["BENCH_FOLDER"])
