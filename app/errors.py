"""The errors that are meant for people: each carries a sentence that can be shown as it is."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and where: `FILE:LINE:COLUMN`, or `FILE: SHEET!CELL` in a workbook."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class DrivingSeatError(Exception):
    """The root of every error whose message a person may read."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(DrivingSeatError):
    """What was asked for does not exist, or not for this person."""


class Refused(DrivingSeatError):
    """The request is understood and not allowed; asking again does not help."""


class Conflict(DrivingSeatError):
    """The request does not fit the present state, such as answering after the round closed."""


class Invalid(DrivingSeatError):
    """What was given cannot be used; `faults` names every place that is wrong."""

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "\n".join([self.message, *map(str, self.faults)])
