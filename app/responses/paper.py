"""Answers that came on paper: what somebody read in a booklet, and where two people read the same paper differently."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from app.errors import Invalid
from app.responses.changes import started, with_answer, with_answered_how, with_consent
from app.responses.model import (
    AnsweredHow,
    Consent,
    ConsentGiven,
    Help,
    Response,
    Round,
    Support,
    Supporter,
    ViewsKnown,
    WhyOnBehalf,
)
from app.standards import Audience
from app.surveys import Edition, Survey

EDITION: Final = "edition"
LANGUAGE: Final = "language"
CONSENT: Final = "consent"
WITNESS: Final = "witness"
HOW: Final = "how"
WHO: Final = "who"
WAYS: Final = "ways"
WHY: Final = "why"
KNOWN: Final = "known"
NO_CONSENT: Final = (
    "Without a ticked or a spoken yes the answers may not be typed in. Give the booklet back to the person who filled "
    "it in, unread."
)
NOT_ON_BEHALF: Final = (
    "The booklet says that somebody agreed for themselves alone because they answer for the person, and also that the "
    "person answers. Ask which it is; the person’s own answers need their own yes."
)
Reading = Mapping[str, str]
"""{what is asked: the value of its ticked box}: a question's id or one of the names above. Of several boxes, their
values with spaces between; of none, nothing or an empty text."""
Word = TypeVar("Word", bound=StrEnum)


def response_of(reading: Reading, of: Round, audience: Audience, survey: Survey) -> Response:
    """Return the response that a reading makes, not sent yet. survey: the round's own, in its first language.

    Raises Conflict when the round is over, NotFound for what the round does not ask, and Invalid for a value that
    cannot be, or where there is no consent.
    """
    consent = _consent(reading)
    edition = _word(Edition, reading.get(EDITION, ""))
    if consent is None:
        raise Invalid(NO_CONSENT)
    if edition is None:
        raise Invalid("Say which edition the booklet is.")
    response = with_consent(of, started(of, audience, edition, reading.get(LANGUAGE) or survey.language), consent)
    how = _word(AnsweredHow, reading.get(HOW, "")) or response.answered_how
    response = with_answered_how(of, response, how, _support(reading))
    if response.lacks_own_consent:
        raise Invalid(NOT_ON_BEHALF)
    for question_id in reading.keys() - _NAMES:
        response = with_answer(of, response, survey, question_id, reading[question_id] or None)
    return response


def reading_of(response: Response) -> dict[str, str]:
    """Return the reading that a response was made from; what is empty is left out."""
    support = response.support or Support()
    consent = response.consent
    found = {
        EDITION: str(response.edition),
        LANGUAGE: response.language,
        CONSENT: str(consent.given) if consent else "",
        WITNESS: str(consent.witness or "") if consent else "",
        HOW: str(response.answered_how or ""),
        WHO: joined(support.who),
        WAYS: joined(support.ways),
        WHY: str(support.why or ""),
        KNOWN: joined(support.known),
        **response.answers,
    }
    return {name: value for name, value in found.items() if value}


def differences(first: Response, second: Response) -> tuple[str, ...]:
    """Return what two people read differently in one booklet: the names of a reading, sorted."""
    one, other = reading_of(first), reading_of(second)
    return tuple(sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name)))


def joined(values: Iterable[str]) -> str:
    """Return the values of several ticked boxes as one."""
    return " ".join(sorted(values))


_NAMES: Final = frozenset({EDITION, LANGUAGE, CONSENT, WITNESS, HOW, WHO, WAYS, WHY, KNOWN})


def _consent(reading: Reading) -> Consent | None:
    given = _word(ConsentGiven, reading.get(CONSENT, ""))
    if given is None:
        return None
    witness = _word(Supporter, reading.get(WITNESS, "")) if given is ConsentGiven.SPOKEN else None
    return Consent(given, witness)


def _support(reading: Reading) -> Support | None:
    """Return the help that was ticked; what only somebody who answers on behalf is asked counts for them alone."""
    on_behalf = reading.get(HOW) == AnsweredHow.ON_BEHALF
    support = Support(
        who=_words(Supporter, reading.get(WHO, "")),
        ways=frozenset() if on_behalf else _words(Help, reading.get(WAYS, "")),
        why=_word(WhyOnBehalf, reading.get(WHY, "")) if on_behalf else None,
        known=_words(ViewsKnown, reading.get(KNOWN, "")) if on_behalf else frozenset(),
    )
    return support if support != Support() else None


def _words(kind: type[Word], values: str) -> frozenset[Word]:
    return frozenset(word for value in values.split() for word in [_word(kind, value)] if word is not None)


def _word(kind: type[Word], value: str) -> Word | None:
    if not value:
        return None
    try:
        return kind(value)
    except ValueError:
        raise Invalid(f"“{value}” is not one of the boxes of a booklet.") from None
