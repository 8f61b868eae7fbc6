"""What a version means, its hash, and the step in the version number that a change needs."""

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from app.standards.model import Domain, Standard
    from app.standards.set import StandardsSet

Bump = Literal["major", "minor", "patch"]

_VERSION = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}")


def is_version(text: str) -> bool:
    """Return whether the text is a version: three whole numbers with dots between, no leading zeros."""
    return _VERSION.fullmatch(text) is not None


def fingerprint(document: object) -> str:
    """Return the SHA-256, in hexadecimal, of a JSON-able document; the order of keys does not matter."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def meaning(standards: "StandardsSet") -> dict[str, Any]:
    """Return, JSON-able, everything that decides what an answer means, and nothing else.

    In: ids, structure and order, weights, the short form, the English words. Out: version, credits, notes, summary.
    """
    return {"id": standards.id, "domains": [_domain_meaning(domain) for domain in standards.domains]}


def _domain_meaning(domain: "Domain") -> dict[str, Any]:
    standards = [_standard_meaning(standard) for standard in domain.standards]
    return {"id": domain.id, "title": domain.title, "standards": standards}


def _standard_meaning(standard: "Standard") -> dict[str, Any]:
    return {
        "id": standard.id,
        "slug": standard.slug,
        "is": standard.title,
        "is_not": standard.is_not,
        "indicators": [
            {
                "id": indicator.id,
                "weight": indicator.weight,
                "in_short_form": indicator.in_short_form,
                "statements": {str(audience): text for audience, text in indicator.statements.items()},
            }
            for indicator in standard.indicators
        ],
    }


def required_bump(old: "StandardsSet", new: "StandardsSet") -> Bump | None:
    """Return the smallest step in the version number that tells readers the truth about a change.

    major: something that was asked is gone, or counts differently: an id removed, moved, reordered or renamed, a
    weight or the short form changed. Rounds before and after compare over the linked core alone.
    minor: something was added, all that was there is as it was.
    patch: words alone. Whether they still ask the same is a person's judgement, kept in the crosswalk between
    the versions; it cannot be computed, so the step is the smallest.
    None: the meaning is the same. Source: docs/content.md, "Which version number".
    """
    if meaning(old) == meaning(new):
        return None
    before, after = _skeleton(old), _skeleton(new)
    if list(before.items()) == list(after.items()):
        return "patch"
    kept = [(key, shape) for key, shape in after.items() if key in before]
    return "minor" if kept == list(before.items()) else "major"


def _skeleton(standards: "StandardsSet") -> dict[str, Any]:
    """Return, in order, every id with what is fixed about it: where it stands and how it counts."""
    shapes: dict[str, Any] = {f"set {standards.id}": None}
    for domain in standards.domains:
        shapes[f"domain {domain.id}"] = None
        for standard in domain.standards:
            shapes[f"standard {standard.id}"] = (domain.id, standard.slug)
            for indicator in standard.indicators:
                shapes[f"indicator {indicator.id}"] = (standard.id, indicator.weight, indicator.in_short_form)
    return shapes
