"""What is said and planned when rounds open, as options: why they ask, on which lawful basis, and the last day."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from app.cli.output import values_of
from app.responses import HealthCondition, LawfulBasis, Purpose

Command = TypeVar("Command", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--purpose", "words", default="", help="Why you ask, in your own words; shown to whoever answers."),
    click.option("--lawful-basis", "basis", type=values_of(LawfulBasis), help="UK GDPR, Article 6."),
    click.option(
        "--health-condition",
        "condition",
        type=values_of(HealthCondition),
        default=HealthCondition.EXPLICIT_CONSENT.value,
        show_default=True,
        help="UK GDPR, Article 9.",
    ),
    click.option("--last-day", "last_on", type=click.DateTime(["%Y-%m-%d"]), help="The planned last day."),
)


def asking_options(command: Command) -> Command:
    """Add the options to a command; it gets them as words, basis, condition and last_on."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def purpose_of(words: str, basis: str | None, condition: str) -> Purpose:
    return Purpose(words, LawfulBasis(basis) if basis else None, HealthCondition(condition))


def day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
