"""Coming back by a short code and a word, and what the database holds of that."""

import base64
from datetime import date

import pytest

from app.errors import Conflict, Invalid, NotFound, Refused
from app.responses import Round
from app.services import answering
from app.services.coming_back import MOST_TRIES, choose_word, is_own_word, link_behind, word_id
from app.services.inviting import invite
from app.services.links import normalised
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.days import TODAY

KEY = b"k" * 40


@pytest.fixture
def token(database: Database, round_: Round) -> str:
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    answering.start(database, link.token, Edition.EASY_READ, "en")
    return link.token


def test_a_short_code_and_its_word_lead_back_to_the_link(database: Database, token: str):
    code = choose_word(database, KEY, token, "  Blue   DOG ")

    assert link_behind(database, KEY, f"{code[:4]}-{code[4:]}".lower(), "blue dog") == token
    assert answering.open_link(database, token).lock


@pytest.mark.parametrize(("change_code", "word"), [(False, "red dog"), (True, "blue dog"), (False, "")])
def test_neither_opens_anything_without_the_other(database: Database, token: str, change_code: bool, word: str):
    code = choose_word(database, KEY, token, "blue dog")

    with pytest.raises(NotFound):
        link_behind(database, KEY, "00000000" if change_code else code, word)


def test_a_new_word_ends_the_old_one(database: Database, token: str):
    old = choose_word(database, KEY, token, "blue dog")
    new = choose_word(database, KEY, token, "red cat")

    assert not is_own_word(database, token, "blue dog", TODAY)
    with pytest.raises(NotFound):
        link_behind(database, KEY, old, "blue dog")
    assert link_behind(database, KEY, new, "red cat") == token


def test_wrong_words_are_counted_until_the_right_one_and_lock_in_the_end(database: Database, token: str):
    code = choose_word(database, KEY, token, "blue dog")
    for _ in range(MOST_TRIES - 1):
        assert not is_own_word(database, token, "guess", TODAY)
    assert is_own_word(database, token, "Blue dog", TODAY)
    for _ in range(MOST_TRIES):
        assert not is_own_word(database, token, "guess", TODAY)

    with pytest.raises(Refused):
        is_own_word(database, token, "blue dog", TODAY)
    link_behind(database, KEY, code, "blue dog")
    assert is_own_word(database, token, "blue dog", TODAY)


def test_after_too_many_wrong_words_the_right_one_opens_again_in_the_next_month(database: Database, token: str):
    choose_word(database, KEY, token, "blue dog")
    for _ in range(MOST_TRIES):
        is_own_word(database, token, "guess", date(2027, 3, 31))
    with pytest.raises(Refused):
        is_own_word(database, token, "blue dog", date(2027, 3, 31))

    assert is_own_word(database, token, "blue dog", date(2027, 4, 1))


def test_a_word_that_was_wrong_changes_nothing_but_the_count_of_tries(database: Database, token: str):
    choose_word(database, KEY, token, "blue dog")
    before = answering.open_link(database, token).lock

    is_own_word(database, token, "guess", TODAY)

    after = answering.open_link(database, token).lock
    assert after != before
    assert word_id(after) == word_id(before) != ""


def test_taking_answers_back_forgets_the_word_and_none_can_be_chosen_any_more(database: Database, token: str):
    code = choose_word(database, KEY, token, "blue dog")
    answering.withdraw(database, token)

    assert answering.open_link(database, token).lock == ""
    with pytest.raises(NotFound):
        link_behind(database, KEY, code, "blue dog")
    with pytest.raises(Conflict):
        choose_word(database, KEY, token, "red cat")


@pytest.mark.parametrize("word", ["", "  a ", "x" * 41])
def test_a_word_has_three_to_forty_letters(database: Database, token: str, word: str):
    with pytest.raises(Invalid):
        choose_word(database, KEY, token, word)


def test_there_is_nothing_to_lock_before_somebody_begins(database: Database, round_: Round):
    (link,) = invite(database, round_.id, Audience.PERSON, 1)

    with pytest.raises(Conflict):
        choose_word(database, KEY, link.token, "blue dog")
    assert not is_own_word(database, link.token, "blue dog", TODAY)


def test_the_database_holds_neither_the_code_nor_the_word_nor_the_link(database: Database, token: str):
    code = choose_word(database, KEY, token, "blue dog")

    with database.reading() as connection:
        stored = str(connection.exec_driver_sql("SELECT * FROM come_back").all())
        stored += str(connection.exec_driver_sql("SELECT * FROM response").all())
    for secret in (code, "blue dog", token, normalised(token).lower()):
        assert secret not in stored
    with database.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM come_back").mappings().all()
        response = connection.exec_driver_sql("SELECT id FROM response").scalar_one()
        invitation = connection.exec_driver_sql("SELECT link_hash FROM invitation").scalar_one()
    assert {response, invitation}.isdisjoint(map(str, row.values()))


def test_nothing_tells_when_a_word_was_chosen(database: Database, token: str):
    choose_word(database, KEY, token, "blue dog")

    with database.reading() as connection:
        sealed = connection.exec_driver_sql("SELECT sealed FROM come_back").scalar_one()
    assert base64.urlsafe_b64decode(sealed)[1:9] == bytes(8)


def test_another_key_of_the_installation_finds_nothing(database: Database, token: str):
    code = choose_word(database, KEY, token, "blue dog")

    with pytest.raises(NotFound):
        link_behind(database, b"o" * 40, code, "blue dog")
