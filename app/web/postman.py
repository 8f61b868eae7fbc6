"""The postman: letters that a request posted are sent after it, in a thread of their own, so that no page waits."""

import threading
from collections.abc import Callable
from typing import cast

import structlog
from flask import Flask, Response, request

from app.services.posting import can_send
from app.services.sending import send_waiting
from app.storage import Database
from app.web.security import is_by_link
from config import Settings

ROUND_SECONDS = 60
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Postman:
    """Runs `send` in one short-lived thread at a time; who wakes him while he runs lets him run once more."""

    def __init__(self, send: Callable[[], None]) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._is_wanted = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        with self._lock:
            self._is_wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="postman", daemon=True)
                self._thread.start()

    def go_round(self) -> None:
        """Wake him now and then from now on, for what could not be sent before."""
        threading.Thread(target=self._wake_again_and_again, name="postman's clock", daemon=True).start()

    def wait(self) -> None:
        """Return when he sleeps."""
        with self._lock:
            running = self._thread
        if running is not None:
            running.join()

    def _wake_again_and_again(self) -> None:
        pause = threading.Event()
        while True:
            self.wake()
            pause.wait(ROUND_SECONDS)

    def _run(self) -> None:
        while self._is_still_wanted():
            try:
                self._send()
            except Exception as error:  # noqa: BLE001  # no page waits for this; the letters stay and are tried again
                structlog.get_logger().error("letters", fault=type(error).__name__)

    def _is_still_wanted(self) -> bool:
        with self._lock:
            wanted, self._is_wanted = self._is_wanted, False
            if not wanted:
                self._thread = None
            return wanted


def prepare(app: Flask, database: Database, settings: Settings) -> None:
    postman = Postman(lambda: _send(database, settings))
    app.extensions["driving_seat_postman"] = postman

    def wake_after_a_change(response: Response) -> Response:
        """Who answers by a link wakes nobody: when a letter leaves says nothing of when somebody answered."""
        if request.method not in _SAFE_METHODS and not is_by_link() and settings.mail_server.get_secret_value():
            postman.wake()
        return response

    app.after_request(wake_after_a_change)


def postman_of(app: Flask) -> Postman:
    return cast(Postman, app.extensions["driving_seat_postman"])


def _send(database: Database, settings: Settings) -> None:
    if not can_send(database, settings):
        return
    done = send_waiting(database, settings)
    if done.sent or done.failed:
        structlog.get_logger().info("letters", sent=done.sent, failed=done.failed, fault=done.fault)
