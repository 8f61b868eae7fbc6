"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """OK: in order. LOOK: a person should look at it. BROKEN: it does not work, or protects nobody."""

    OK = "ok"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for whoever looks after the installation. remedy: what to do; empty where all is in order."""

    about: str
    state: State
    sentence: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.state:<6}  {self.about}: {' '.join(filter(None, (self.sentence, self.remedy)))}"


def ok(about: str, sentence: str) -> Finding:
    return Finding(about, State.OK, sentence)


def look(about: str, sentence: str, remedy: str) -> Finding:
    return Finding(about, State.LOOK, sentence, remedy)


def broken(about: str, sentence: str, remedy: str) -> Finding:
    return Finding(about, State.BROKEN, sentence, remedy)
