"""What a version of a survey means: everything a respondent answered to and was promised."""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from app.surveys.model import Reader

if TYPE_CHECKING:
    from app.surveys.survey import Survey


def meaning(survey: "Survey") -> dict[str, Any]:
    """Return, JSON-able, everything that decides what an answer means, and nothing else.

    In: the standards it asks about, the order, options and their values, thresholds, every word that a respondent
    reads. Out: the survey's own version, title and summary.
    """
    return {
        "id": survey.id,
        "language": survey.language,
        "standards": [survey.standards_id, survey.standards_version],
        "thresholds": [survey.thresholds.standard, survey.thresholds.indicator],
        "editions": [str(edition) for edition in survey.editions],
        "options": [
            {
                "id": option.id,
                "state": str(option.state),
                "value": None if option.value is None else str(Fraction(option.value)),
                "labels": by_reader(option.labels),
                "explanations": by_reader(option.explanations),
            }
            for option in survey.options
        ],
        "questions": [
            {
                "id": question.id,
                "standard": question.standard_id,
                "domain": question.domain_id,
                "weight": question.weight,
                "reversed": question.reversed,
                "in_short_form": question.in_short_form,
                "not_applicable": question.may_be_not_applicable,
                "wording": by_reader({reader: [w.stem, *w.help] for reader, w in question.wording.items()}),
            }
            for question in survey.questions
        ],
        "texts": by_reader(
            {reader: [t.title, list(t.welcome), list(t.who_sees_what), t.consent] for reader, t in survey.texts.items()}
        ),
    }


def by_reader(texts: Mapping[Reader, Any]) -> dict[str, dict[str, Any]]:
    """Return {edition: {audience: text}} of texts by (edition, audience), as files and hashes have it."""
    nested: dict[str, dict[str, Any]] = {}
    for (edition, audience), text in texts.items():
        nested.setdefault(str(edition), {})[str(audience)] = text
    return nested
