"""A standards set in one version."""

from dataclasses import dataclass, field

from app.errors import Invalid, NotFound
from app.standards.faults import set_faults
from app.standards.model import Domain, Indicator, Source, Standard
from app.standards.version import fingerprint, meaning


@dataclass(frozen=True, slots=True)
class StandardsSet:
    """All domains, standards and indicators of one version, in their fixed order.

    version: three numbers, "1.0.0". language: of the words here.
    original: the set that this one was translated from (`translated_standards`); None when nothing was translated.
    co_production: how far people who use support have shaped it ("not yet"); wording_note says so on its page.
    fingerprint: SHA-256 of the meaning, in hexadecimal; a round pins it. A translation has its original's.
    Raises Invalid, with a fault for every place (a dotted path such as `domains.0.id`) that is wrong.
    """

    id: str
    version: str
    title: str
    summary: str
    language: str
    source: Source
    co_production: str
    wording_note: str
    licence: str
    domains: tuple[Domain, ...]
    original: "StandardsSet | None" = field(default=None, repr=False, compare=False)
    fingerprint: str = field(init=False, repr=False, compare=False)
    _standard_by_id: dict[str, Standard] = field(init=False, repr=False, compare=False)
    _indicator_by_id: dict[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = set_faults(self.version, self.domains)
        if faults:
            raise Invalid(f"The standards set {self.id} cannot be used as it is.", faults)
        object.__setattr__(self, "_standard_by_id", {standard.id: standard for standard in self.standards})
        object.__setattr__(self, "_indicator_by_id", {indicator.id: indicator for indicator in self.indicators})
        object.__setattr__(self, "fingerprint", fingerprint(meaning(self.original or self)))

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(standard for domain in self.domains for standard in domain.standards)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for standard in self.standards for indicator in standard.indicators)

    def standard(self, standard_id: str) -> Standard:
        """Return the standard, or raise NotFound."""
        try:
            return self._standard_by_id[standard_id]
        except KeyError:
            raise NotFound(f"{self.id} {self.version} has no standard “{standard_id}”.") from None

    def indicator(self, indicator_id: str) -> Indicator:
        """Return the indicator, or raise NotFound."""
        try:
            return self._indicator_by_id[indicator_id]
        except KeyError:
            raise NotFound(f"{self.id} {self.version} has no indicator “{indicator_id}”.") from None

    def domain_of(self, standard_id: str) -> Domain:
        """Return the domain that holds the standard, or raise NotFound."""
        standard = self.standard(standard_id)
        return next(domain for domain in self.domains if standard in domain.standards)
