"""Reading a responses file into a round: all rows, or none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import Fault
from app.library.responses_file import ResponseRow, examine_responses, faulty, write_template
from app.organisations import Act, require
from app.organisations.log import Deed
from app.responses import Response, ResponseState, Round, refuse_over
from app.services.links import imported_response_id
from app.services.log import note
from app.services.publishing import survey_of
from app.services.rounds import round_or_refuse
from app.standards import Audience
from app.storage import Database, responses
from app.surveys import Survey


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were new, and how many were there already with the same content."""

    new_count: int
    known_count: int


def import_responses(database: Database, key: bytes, round_id: str, path: Path, on: date) -> Imported:
    """Add a file's responses to an open round. Raises Invalid with every fault, Conflict when the round closed.

    key: the installation's, for hashes; a file's response_id is kept as a keyed hash of it alone.
    """
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
    require(database.actor, Act.RUN_ROUNDS, of.provider_id)
    _refuse_closed(of)
    survey = survey_of(database, of)
    rows, faults_in_file = examine_responses(path, survey, of.length)
    given = [(imported_response_id(key, round_id, row.response_id), row) for row in rows]
    with database.writing() as connection:
        of = round_or_refuse(connection, round_id, lock=True)
        _refuse_closed(of)
        known = responses.by_id(connection, of, [id_ for id_, _ in given])
        agreed_before = responses.submitted_counts(connection, of).get(Audience.PROVIDER, 0)
        new = _new_responses(given, known)
        faults = [*faults_in_file, *_differing(given, known, survey), *_second_agreed(of, agreed_before, new)]
        if faults:
            raise faulty(faults)
        responses.add_submitted(connection, of, [(id_, _response(row, survey)) for id_, row in new], on)
        note(database, connection, Deed.RESPONSES_IMPORTED, of.provider_id, of.id)
    return Imported(len(new), len(given) - len(new))


def write_template_for(database: Database, round_id: str, out: Path, kind: str) -> None:
    """Write an empty responses file for a round. kind: csv or xlsx."""
    with database.reading() as connection:
        of = round_or_refuse(connection, round_id)
    require(database.actor, Act.RUN_ROUNDS, of.provider_id)
    write_template(out, survey_of(database, of), of.length, kind)


def _refuse_closed(of: Round) -> None:
    refuse_over(of, "so no responses can be added to it")


def _new_responses(given: Sequence[tuple[str, ResponseRow]], known: Iterable[str]) -> list[tuple[str, ResponseRow]]:
    known_ids = set(known)
    by_id = {id_: row for id_, row in given if id_ not in known_ids}
    return list(by_id.items())


def _differing(
    given: Sequence[tuple[str, ResponseRow]], known: Mapping[str, Response], survey: Survey
) -> Iterator[Fault]:
    for id_, row in given:
        if id_ in known and known[id_] != _response(row, survey):
            yield Fault(row.place, "this response_id is already there with other content")


def _second_agreed(of: Round, before: int, new: Sequence[tuple[str, ResponseRow]]) -> Iterator[Fault]:
    if not of.is_agreed(Audience.PROVIDER):
        return
    agreed = [row for _, row in new if row.audience is Audience.PROVIDER]
    for row in agreed[max(0, 1 - before) :]:
        yield Fault(row.place, "this round takes one agreed response of the provider, and there is one already")


def _response(row: ResponseRow, survey: Survey) -> Response:
    return Response(
        audience=row.audience,
        edition=row.edition,
        language=row.language,
        answered_how=row.answered_how,
        state=ResponseState.SUBMITTED,
        answers=row.answers,
        support=row.support,
        consent=row.consent,
        translated=dict.fromkeys(row.answers, row.language) if row.language != survey.language else {},
    )
