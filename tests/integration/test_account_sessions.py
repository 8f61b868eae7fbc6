from datetime import timedelta

import pytest

from app.services import account_sessions, accounts
from app.services.account_sessions import LONGEST, begin, end, end_others, pass_second_step, session_id, sessions_of
from app.storage import Database
from app.storage import accounts as stored_accounts
from tests.days import TODAY


@pytest.fixture
def account_id(database: Database) -> int:
    return add(database, "jo@example.org")


def add(database: Database, email: str) -> int:
    accounts.add_account(database, email, "x", [])
    with database.reading() as connection:
        found = stored_accounts.id_of(connection, email)
    assert found is not None
    return found


def begun(database: Database, account_id: int, on=TODAY) -> str:
    return begin(database, account_id, "Firefox/Linux", on, has_second_factor=False, remembered=False)


def ids(database: Database, account_id: int) -> set[str]:
    return {each.id for each in sessions_of(database, account_id, TODAY)}


def test_a_session_is_known_by_the_hash_of_its_secret(database: Database, account_id: int):
    secret = begun(database, account_id)
    assert ids(database, account_id) == {session_id(secret)}
    assert secret not in str(sessions_of(database, account_id, TODAY))


def test_only_its_own_account_ends_a_session(database: Database, account_id: int):
    id_ = session_id(begun(database, account_id))
    end(database, add(database, "sam@example.org"), id_)
    assert ids(database, account_id) == {id_}
    end(database, account_id, id_)
    end(database, account_id, id_)
    assert ids(database, account_id) == set()


def test_all_others_end_and_this_one_stays(database: Database, account_id: int):
    sam = add(database, "sam@example.org")
    kept, theirs = session_id(begun(database, account_id)), session_id(begun(database, sam))
    begun(database, account_id)
    end_others(database, account_id, kept)
    assert (ids(database, account_id), ids(database, sam)) == ({kept}, {theirs})
    end_others(database, account_id, None)
    assert ids(database, account_id) == set()


def test_the_second_step_gives_another_secret_and_ends_the_others(database: Database, account_id: int):
    begun(database, account_id)
    old = session_id(begun(database, account_id))
    session = next(each for each in sessions_of(database, account_id, TODAY) if each.id == old)

    secret, passed = pass_second_step(database, session)

    assert sessions_of(database, account_id, TODAY) == (passed,)
    assert (passed.id, passed.has_second_factor) == (session_id(secret), True)
    assert passed.id != old


def test_what_ended_by_itself_is_not_shown_and_goes_when_somebody_signs_in(database: Database, account_id: int):
    begun(database, account_id, TODAY - LONGEST - timedelta(days=1))
    assert ids(database, account_id) == set()
    kept = session_id(begun(database, account_id))
    assert ids(database, account_id) == {kept}
    assert account_sessions.sessions_of(database, account_id, TODAY - LONGEST)[0].id == kept
