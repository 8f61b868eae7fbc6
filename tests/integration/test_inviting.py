import pytest

from app.errors import Conflict, Invalid, NotFound, Refused
from app.responses import Round
from app.services import answering
from app.services.closing import close_round
from app.services.inviting import invite, remind
from app.services.links import Link, invitation_hash, receipt, response_id
from app.services.rounds import view_of
from app.standards import Audience
from app.storage import Database
from app.surveys import Edition
from tests.days import TODAY


def begin(database: Database, links: tuple[Link, ...]) -> None:
    for link in links:
        answering.start(database, link.token, Edition.STANDARD, "en")


def test_each_link_has_a_secret_of_its_own_and_a_number_that_goes_on(database: Database, round_: Round):
    first = invite(database, round_.id, Audience.PERSON, 3)
    second = invite(database, round_.id, Audience.PERSON, 2)
    families = invite(database, round_.id, Audience.FAMILY, 1)

    assert [link.number for link in (*first, *second)] == [1, 2, 3, 4, 5]
    assert families[0].number == 1
    assert len({link.token for link in (*first, *second, *families)}) == 6


def test_the_secret_is_stored_nowhere(databases, database: Database, round_: Round):
    (link,) = invite(database, round_.id, Audience.PERSON, 1)
    answering.start(database, link.token, Edition.STANDARD, "en")
    code = answering.submit(database, link.token, TODAY)

    with database.reading() as connection:
        tables = ["invitation", "response", "round", "provider", "installation"]
        everything = str([connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables])
    assert link.token not in everything
    assert code not in everything
    assert invitation_hash(link.token) in everything
    assert response_id(link.token) in everything


def test_no_two_uses_of_a_secret_give_the_same_hash():
    assert len({invitation_hash("x"), response_id("x"), receipt("x")}) == 3


@pytest.mark.parametrize("count", [0, -1, 1001])
def test_a_number_of_links_that_cannot_be_is_refused(database: Database, round_: Round, count: int):
    with pytest.raises(Invalid):
        invite(database, round_.id, Audience.PERSON, count)


def test_nobody_is_invited_to_a_round_that_does_not_exist_or_has_closed(database: Database, round_: Round):
    with pytest.raises(NotFound):
        invite(database, "nothing", Audience.PERSON, 1)
    close_round(database, round_.id, TODAY)
    with pytest.raises(Conflict):
        invite(database, round_.id, Audience.PERSON, 1)
    with pytest.raises(Conflict):
        remind(database, round_.id, Audience.PERSON)


def test_a_form_that_is_sent_twice_makes_links_once(database: Database, round_: Round):
    invite(database, round_.id, Audience.PERSON, 5, made_before=0)

    with pytest.raises(Conflict, match="a moment ago"):
        invite(database, round_.id, Audience.PERSON, 5, made_before=0)

    assert view_of(database, round_.id).turnout[Audience.PERSON].invited == 5


def test_an_agreed_self_assessment_has_one_link(database: Database, round_: Round, staff_round: Round):
    with pytest.raises(Conflict):
        invite(database, round_.id, Audience.PROVIDER, 2)
    invite(database, round_.id, Audience.PROVIDER, 1)
    with pytest.raises(Conflict):
        invite(database, round_.id, Audience.PROVIDER, 1)
    assert len(invite(database, staff_round.id, Audience.PROVIDER, 2)) == 2


def test_a_reminder_replaces_the_unused_links_alone(database: Database, round_: Round):
    links = invite(database, round_.id, Audience.PERSON, 12)
    begin(database, links[:6])

    fresh = remind(database, round_.id, Audience.PERSON)

    assert [link.number for link in fresh] == [7, 8, 9, 10, 11, 12]
    assert not {link.token for link in fresh} & {link.token for link in links}
    assert answering.open_link(database, links[0].token).response is not None
    assert answering.open_link(database, fresh[0].token).response is None
    with pytest.raises(answering.NotFound):
        answering.open_link(database, links[6].token)


def test_a_form_that_is_sent_twice_replaces_links_once(database: Database, round_: Round):
    invite(database, round_.id, Audience.PERSON, 6)
    fresh = remind(database, round_.id, Audience.PERSON, generation=0)

    with pytest.raises(Conflict, match="a moment ago"):
        remind(database, round_.id, Audience.PERSON, generation=0)

    assert all(answering.open_link(database, link.token).is_open for link in fresh)
    assert view_of(database, round_.id).turnout[Audience.PERSON].generation == 1


def test_while_nobody_has_begun_even_few_links_can_be_replaced(database: Database, round_: Round):
    invite(database, round_.id, Audience.PERSON, 3)

    assert len(remind(database, round_.id, Audience.PERSON)) == 3


@pytest.mark.parametrize("begun", [1, 4, 8, 11])
def test_a_reminder_that_would_tell_how_many_few_have_begun_is_refused(database: Database, round_: Round, begun: int):
    links = invite(database, round_.id, Audience.PERSON, 12)
    begin(database, links[:begun])

    with pytest.raises(Refused):
        remind(database, round_.id, Audience.PERSON)

    assert answering.open_link(database, links[11].token).is_open


def test_while_a_round_is_open_its_lead_sees_answers_in_bands(database: Database, round_: Round, answer_all):
    answer_all(round_, Audience.PERSON, ["yes"] * 4)
    assert view_of(database, round_.id).turnout[Audience.PERSON].responses == "fewer than 5"

    answer_all(round_, Audience.PERSON, ["yes"] * 3)
    turnout = view_of(database, round_.id).turnout
    assert turnout[Audience.PERSON].responses == "5 to 9"
    assert turnout[Audience.PERSON].invited == 7
    assert turnout[Audience.FAMILY].responses == "fewer than 5"
