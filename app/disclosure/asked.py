"""What a round asked about, by domain and by standard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from app.surveys import Length, Survey


@dataclass(frozen=True, slots=True)
class Asked:
    """The ids that a round asked about, in the survey's order.

    domains: {domain: its standards}; standards: {standard: its indicators}.
    """

    domains: Mapping[str, tuple[str, ...]] = field(hash=False)
    standards: Mapping[str, tuple[str, ...]] = field(hash=False)

    @classmethod
    def of(cls, survey: Survey, length: Length) -> Self:
        domains: dict[str, tuple[str, ...]] = {}
        standards: dict[str, tuple[str, ...]] = {}
        for question in survey.questions_in(length):
            known = domains.get(question.domain_id, ())
            domains[question.domain_id] = known if question.standard_id in known else (*known, question.standard_id)
            standards[question.standard_id] = (*standards.get(question.standard_id, ()), question.id)
        return cls(domains, standards)
