"""The caretaker: once a day one process of the server takes the daily turn, in a thread of its own.

In it, leads are told of last days that are near, and the schedule of what is kept how long is kept.
"""

import threading
from collections.abc import Callable
from datetime import date
from typing import cast

import structlog
from flask import Flask

from app.organisations import OPERATOR
from app.services.inviting_colleagues import Office
from app.services.notifying import tell_of_last_days
from app.services.tending import Turn, begin_turn, tend
from app.storage import Database
from app.web.context import today
from config import Settings

LOOKS_EVERY_SECONDS = 15 * 60


class Caretaker:
    """Looks now and then whether a day has begun whose turn nobody has taken."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database.acting_for(OPERATOR)
        self._settings = settings

    def go_round(self) -> None:
        """Look now, and again and again from now on."""
        threading.Thread(target=self._look_again_and_again, name="caretaker", daemon=True).start()

    def look(self) -> bool:
        """Take the turn of today unless it has been taken. Returns whether it was ours."""
        day = today()
        if not begin_turn(self._database, day):
            return False
        _try(lambda: tell_of_last_days(self._database, day))
        if self._settings.keep_schedule:
            _try(lambda: self._tend(day))
        return True

    def _tend(self, day: date) -> None:
        of = self._settings
        tend(self._database, Turn(day, of.evidence, Office(of.keys(), of.hash_key(), of.base_url)))

    def _look_again_and_again(self) -> None:
        pause = threading.Event()
        while True:
            _try(self.look)
            pause.wait(LOOKS_EVERY_SECONDS)


def _try(part: Callable[[], object]) -> None:
    """Do one part of the turn. No page waits for it; what failed is logged, and the next part is done all the same."""
    try:
        part()
    except Exception as error:  # noqa: BLE001  # whatever it is, tomorrow it is tried again, and doctor says so
        structlog.get_logger().error("daily_turn", fault=type(error).__name__)


def prepare(app: Flask, database: Database, settings: Settings) -> None:
    app.extensions["driving_seat_caretaker"] = Caretaker(database, settings)


def caretaker_of(app: Flask) -> Caretaker:
    return cast(Caretaker, app.extensions["driving_seat_caretaker"])
