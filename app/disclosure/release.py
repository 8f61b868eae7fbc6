"""The release: every figure of a round that anyone may ever see, built once and frozen."""

import secrets
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from fractions import Fraction
from typing import Any, Self
from uuid import uuid4

from app.disclosure.asked import Asked
from app.disclosure.content import Audit, ReleasedAudience, ReleasedGap, ReleasedSeries, Shares, Shown, no_audit
from app.disclosure.document import shown_document, shown_from
from app.disclosure.figure import Figure
from app.disclosure.protecting import draft_of
from app.disclosure.rules import Rules
from app.disclosure.subject import Subject
from app.errors import Conflict, Refused
from app.scoring import GAPS, AudiencePair, RoundFigures, gap_name
from app.standards import Audience, fingerprint
from app.surveys import Survey

_SEAL = object()
_PAIRS = {gap_name(pair): pair for pair in GAPS}


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shown of one closed round. A report is made from nothing else.

    It is made by release_round, or read back with from_document; making one directly raises TypeError.
    nonce: random, so that the published sha256 cannot be used to test guesses. sha256: of the document.
    Source: docs/method.md, "A release is fixed"; docs/decisions/0006-a-release-is-fixed.md.
    """

    id: str
    nonce: str
    subject: Subject
    shown: Shown
    sha256: str = field(init=False)
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        refuse_unsealed(seal, _SEAL, "release_round")
        object.__setattr__(self, "sha256", fingerprint(self.to_document()))

    @property
    def audiences(self) -> Mapping[Audience, ReleasedAudience]:
        return self.shown.audiences

    @property
    def gaps(self) -> Mapping[AudiencePair, Mapping[str, ReleasedGap]]:
        return self.shown.gaps

    @property
    def series(self) -> Mapping[str, Mapping[Audience, ReleasedSeries]]:
        return self.shown.series

    def standard(self, audience: Audience, standard_id: str) -> Figure[Fraction]:
        """Return an audience's score of a standard, in [0, 1], or why it is withheld."""
        return self.audiences[audience].standards[standard_id].score

    def domain(self, audience: Audience, domain_id: str) -> Figure[Fraction]:
        """Return an audience's score of a domain, in [0, 1], or why it is withheld."""
        return self.audiences[audience].domains[domain_id]

    def indicator(self, audience: Audience, indicator_id: str) -> Figure[Shares]:
        """Return how an audience's answers to an indicator spread, {option: share}, or why that is withheld."""
        return self.audiences[audience].indicators[indicator_id]

    def gap(self, name: str, standard_id: str) -> Figure[Fraction]:
        """Return a gap, in [-1, 1], by its name ("provider-person"), or why it is withheld."""
        return self.gaps[_PAIRS[name]][standard_id].value

    def to_document(self) -> dict[str, Any]:
        """Return the release as JSON: only what may be shown, its pins and the nonce; no exact number below 20."""
        return {"id": self.id, "nonce": self.nonce, "subject": self.subject.to_document(), **shown_document(self.shown)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any], sha256: str) -> Self:
        """Return the release of a stored document. Raises Conflict when it is not the one that was frozen."""
        refuse_changed(document, sha256)
        subject = Subject.from_document(document["subject"])
        return cls(document["id"], document["nonce"], subject, shown_from(document), _SEAL)


def release_round(
    figures: RoundFigures,
    rules: Rules,
    subject: Subject,
    invited: Mapping[Audience, int | None],
    survey: Survey,
    audit: Audit = no_audit,
) -> Release:
    """Build a closed round's release: the rules figure by figure, then the audit of all of them together.

    invited: invitations by audience, None or absent when nobody was invited by link.
    Raises Refused when the rules are not those that were promised when the round opened, Conflict when the survey is
    not the pinned one.
    """
    promised = Rules(subject.thresholds.standard, subject.thresholds.indicator, subject.provider_view)
    if rules != promised:
        raise Refused("What may be shown of a round was promised to its respondents and cannot be changed afterwards.")
    if survey.fingerprint != subject.survey.sha256:
        raise Conflict("This survey is not the version that the round asked.")
    draft = draft_of(figures, rules, invited, Asked.of(survey, subject.length))
    return Release(new_id(), new_nonce(), subject, audit(draft), _SEAL)


def new_id() -> str:
    return str(uuid4())


def new_nonce() -> str:
    return secrets.token_hex(16)


def refuse_unsealed(seal: object, expected: object, maker: str) -> None:
    """Raise TypeError unless the seal is the maker's own: the way to a release leads past the rules."""
    if seal is not expected:
        raise TypeError(f"a release is made by {maker} or read with from_document, never directly")


def refuse_changed(document: Mapping[str, Any], sha256: str) -> None:
    """Raise Conflict when the document's hash is not the one that was recorded."""
    if fingerprint(document) != sha256:
        raise Conflict("These results are not the ones that were released: their record has been changed since.")
