from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Invalid
from app.organisations import Actor, Membership, Role
from app.organisations.log import Deed
from app.responses import Round
from app.services import answering, log
from app.services.closing import close_round
from app.services.inviting import invite
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.days import TODAY
from tests.integration.conftest import SURVEY


def deeds(database: Database) -> list[str]:
    return [line.deed.value for line, _ in log.all_lines(database)]


def test_what_staff_do_is_written_down_with_who_and_where(database: Database):
    provider = add_provider(database, "Bramble Way Support")
    lead = database.acting_for(Actor.of([Membership(Role.LEAD, provider.id)], 7))

    opened = open_round(lead, provider.id, SURVEY, on=TODAY)
    invite(lead, opened.id, Audience.FAMILY, 3)
    close_round(lead, opened.id, TODAY)

    lines = [line for line, _ in log.all_lines(database)]
    assert [(line.deed, line.account_id, line.organisation_id, line.about, dict(line.facts)) for line in lines] == [
        (Deed.PROVIDER_ADDED, 0, provider.id, "", {}),
        (Deed.ROUND_OPENED, 7, provider.id, opened.id, {}),
        (Deed.LINKS_MADE, 7, provider.id, opened.id, {"audience": "family", "count": "3"}),
        (Deed.ROUND_CLOSED, 7, provider.id, opened.id, {}),
    ]
    assert log.verify(database).faults == ()


def test_what_was_not_done_is_not_in_the_log(database: Database, round_: Round):
    close_round(database, round_.id, TODAY)
    before = deeds(database)

    with pytest.raises(Conflict):
        close_round(database, round_.id, TODAY)
    assert deeds(database) == before


def test_nothing_that_a_respondent_does_is_in_the_log(database: Database, round_: Round):
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    before = deeds(database)

    answering.start(database, link.token, Edition.STANDARD, "en")
    answering.record_answer(database, link.token, "S01.a", "yes")
    answering.submit(database, link.token, TODAY)
    answering.withdraw(database, link.token)

    assert deeds(database) == before


@pytest.mark.parametrize("statement", ["UPDATE log_line SET account_id = 9", "DELETE FROM log_line"])
def test_the_database_refuses_to_change_or_delete_a_line(database: Database, round_: Round, statement: str):
    with pytest.raises(DBAPIError, match="only ever added to"), database.writing() as connection:
        connection.execute(text(statement))
    assert log.verify(database).faults == ()


def without_the_guard(database: Database, *statements: str) -> None:
    """Do what somebody can who owns the database: take the guard away first."""
    guards = (
        [
            "DROP TRIGGER log_line_stays_on_update",
            "DROP TRIGGER log_line_stays_on_delete",
        ]
        if database.is_sqlite
        else ["DROP TRIGGER log_line_stays ON log_line"]
    )
    with database.writing() as connection:
        for statement in (*guards, *statements):
            connection.execute(text(statement))


def test_whoever_owns_the_database_cannot_change_a_line_unseen(database: Database, round_: Round):
    invite(database, round_.id, Audience.PERSON, 1)
    without_the_guard(database, "UPDATE log_line SET account_id = 9 WHERE number = 2")

    assert log.verify(database).faults == ("Line 2 has been changed.",)


def test_lines_taken_off_the_end_are_missed_by_whoever_kept_the_mark(database: Database, round_: Round):
    invite(database, round_.id, Audience.PERSON, 1)
    kept = log.verify(database)
    mark = f"{kept.line_count}:{kept.head}"
    assert log.verify(database, mark).faults == ()

    without_the_guard(database, f"DELETE FROM log_line WHERE number = {kept.line_count}")

    assert log.verify(database).faults == ()
    assert log.verify(database, mark).faults == (f"Line {kept.line_count} is not the line that it was.",)
    with pytest.raises(Invalid):
        log.verify(database, "not a mark")


def test_two_who_write_at_once_write_one_after_the_other(database: Database):
    with ThreadPoolExecutor(4) as several:
        list(several.map(lambda number: add_provider(database, f"Provider {number}"), range(12)))

    verified = log.verify(database)
    assert (verified.line_count, verified.faults) == (12, ())


def test_the_newest_lines_come_first_a_page_at_a_time(database: Database):
    for number in range(log.LINES_A_PAGE + 3):
        add_provider(database, f"Provider {number}")

    auditor = database.acting_for(Actor.of([Membership(Role.AUDITOR, "")], 5))
    page = log.newest_lines(auditor)
    earlier = log.newest_lines(auditor, page[-1].line.number)

    assert [each.line.number for each in (*page, *earlier)] == list(range(log.LINES_A_PAGE + 3, 0, -1))
    assert page[0].organisation == f"Provider {log.LINES_A_PAGE + 2}"
