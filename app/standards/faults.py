"""What can be wrong with a standards set. Each fault's place is a path: `domains.0.standards.1.id`."""

from collections.abc import Iterable, Iterator, Sequence

from app.errors import Fault
from app.standards.model import Audience, Domain, Indicator, Standard
from app.standards.version import is_version


def set_faults(version: str, domains: Sequence[Domain]) -> list[Fault]:
    """Return every fault of the structure. An empty id or version is passed over: whoever reads it says so."""
    faults = []
    if version and not is_version(version):
        faults.append(Fault("version", f'“{version}” is no version; write three numbers, such as "1.0.0"'))
    if not domains:
        faults.append(Fault("domains", "a standards set needs at least one domain"))
    return [*faults, *_repeated_ids(domains), *_standard_faults(domains)]


def repeated(named: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield a fault for each (path, id) whose id came before."""
    first_place: dict[str, str] = {}
    for place, name in named:
        if name and first_place.setdefault(name, place) != place:
            yield Fault(place, f"“{name}” is already used; every id is used once")


def _standards(domains: Sequence[Domain]) -> Iterator[tuple[str, Standard]]:
    for d, domain in enumerate(domains):
        for s, standard in enumerate(domain.standards):
            yield f"domains.{d}.standards.{s}", standard


def _indicators(place: str, standard: Standard) -> Iterator[tuple[str, Indicator]]:
    for i, indicator in enumerate(standard.indicators):
        yield f"{place}.indicators.{i}", indicator


def _repeated_ids(domains: Sequence[Domain]) -> Iterator[Fault]:
    standards = list(_standards(domains))
    yield from repeated((f"domains.{d}.id", domain.id) for d, domain in enumerate(domains))
    yield from repeated((f"{place}.id", standard.id) for place, standard in standards)
    yield from repeated((f"{place}.slug", standard.slug) for place, standard in standards)
    yield from repeated(
        (f"{inner}.id", indicator.id)
        for place, standard in standards
        for inner, indicator in _indicators(place, standard)
    )


def _standard_faults(domains: Sequence[Domain]) -> Iterator[Fault]:
    for d, domain in enumerate(domains):
        if not domain.standards:
            yield Fault(f"domains.{d}.standards", f"{domain.id} needs at least one standard")
    for place, standard in _standards(domains):
        starred = [indicator for indicator in standard.indicators if indicator.in_short_form]
        if len(starred) != 1:
            yield Fault(
                f"{place}.indicators",
                f"{standard.id} has {len(starred)} indicators in the short form; exactly one stands for its standard",
            )
        for inner, indicator in _indicators(place, standard):
            yield from _indicator_faults(inner, indicator, standard)


def _indicator_faults(place: str, indicator: Indicator, standard: Standard) -> Iterator[Fault]:
    if indicator.id and standard.id and not indicator.id.startswith(f"{standard.id}."):
        yield Fault(
            f"{place}.id", f"“{indicator.id}” stands under {standard.id}, so its id starts with “{standard.id}.”"
        )
    if indicator.weight < 1:
        yield Fault(f"{place}.weight", f"the weight of {indicator.id} is {indicator.weight}; it must be 1 or more")
    for audience in Audience:
        if not indicator.statements.get(audience, "").strip():
            yield Fault(f"{place}.{audience}", f"{indicator.id} says nothing to the {audience}; all three are needed")
