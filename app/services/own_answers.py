"""Everything that is kept of somebody who answers, for themselves: seen at their link, and taken away as a file."""

from dataclasses import dataclass
from datetime import date

from app.errors import Conflict
from app.responses import Response, ResponseState
from app.services.answering import Visit
from app.services.links import response_id
from app.storage import Database, responses, shares
from app.storage.responses import AlsoKept
from app.storage.shares import Share


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept behind a link. shares: those that have not ended."""

    response: Response
    also: AlsoKept
    shares: tuple[Share, ...]


def everything(database: Database, token: str, on: date) -> Kept:
    """Return everything that is kept of the answers behind a link.

    Raises Conflict when there is nothing, or when it waits for a second person who types in the same booklet.
    """
    with database.reading() as connection:
        found = responses.find(connection, response_id(token))
        if found is None or found.response.state is ResponseState.WITHDRAWN or found.is_on_paper:
            raise Conflict("Nothing is kept behind this link that it could show.")
        shared = shares.of_response(connection, found.round, response_id(token))
        also = responses.also_kept(connection, response_id(token))
    return Kept(found.response, also, tuple(each for each in shared if each.until >= on))


def as_entries(kept: Kept, seen: Visit) -> dict[str, object]:
    """Return it for other programs: ids beside the words of the survey, and nothing that finds the response."""
    response, also = kept.response, kept.also
    return {
        "organisation": seen.provider_name,
        "survey": f"{seen.round.survey_id} {seen.round.survey_version}",
        "state": response.state.value,
        "sent_in": f"{also.sent_in:%Y-%m}" if also.sent_in else None,
        "audience": response.audience.value,
        "edition": response.edition.value,
        "language": response.language,
        "consent": _consent(response),
        "answered_how": response.answered_how,
        "support": _support(response),
        "answers": _answers(response, seen),
        "locked_with_a_word": also.has_word,
        "typed_in_from_paper": also.typed_in,
        "checked_by_a_second_person": also.checked,
        "shared": [{"with": each.shared_with, "until": each.until.isoformat()} for each in kept.shares],
    }


def _consent(response: Response) -> dict[str, object] | None:
    given = response.consent
    return {"given": given.given, "witness": given.witness} if given else None


def _support(response: Response) -> dict[str, object] | None:
    support = response.support
    if support is None:
        return None
    ticked = {"who": support.who, "ways": support.ways, "known": support.known}
    return {"why": support.why, **{name: sorted(each) for name, each in ticked.items()}}


def _answers(response: Response, seen: Visit) -> list[dict[str, str]]:
    reader = (response.edition, response.audience)
    return [
        {
            "question": question.id,
            "asked": question.wording[reader].stem,
            "answer": response.answers[question.id],
            "read_in": response.translated.get(question.id, "en"),
        }
        for question in seen.survey.questions_in(seen.round.length)
        if question.id in response.answers
    ]
