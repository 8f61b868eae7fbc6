"""The parts of a standards set: domain, standard, indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Audience(StrEnum):
    """Who is asked. The values are the words of files, tables and reports."""

    PERSON = "person"
    FAMILY = "family"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A matched triad: the same thing said to the person, the family and the provider.

    weight: a whole number of 1 or more, its share in a respondent's score of the standard.
    in_short_form: whether it stands for its standard in the short form (★).
    """

    id: str
    statements: Mapping[Audience, str] = field(hash=False)
    weight: int = 1
    in_short_form: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "statements", MappingProxyType(dict(self.statements)))


@dataclass(frozen=True, slots=True)
class Standard:
    """One pair: title says what good support *is*, is_not what it is not."""

    id: str
    slug: str
    title: str
    is_not: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Domain:
    """A group of standards: one innovation of personalised support."""

    id: str
    title: str
    standards: tuple[Standard, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the standards come from, credited on their page."""

    title: str
    author: str
    publisher: str
    note: str
