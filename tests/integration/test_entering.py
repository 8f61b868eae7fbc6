"""Typing in what came on paper, on both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.errors import Conflict, Invalid, NotFound
from app.organisations import Actor, Membership, Provider, Role
from app.responses import AnsweredHow, ResponseState, Round
from app.services import answering, entering
from app.services.booklets import printed_questions
from app.services.closing import close_round, unfinished_in
from app.services.entering import Entered, PaperState
from app.services.importing import import_responses
from app.services.inviting import invite
from app.services.links import grouped, receipt, response_id
from app.services.organising import add_network, add_provider, join_network
from app.services.publishing import survey_of
from app.services.rounds import open_round, view_of
from app.standards import Audience
from app.storage import Database, paper, responses
from app.surveys import Edition, Length
from app.web.paper.pages import rows_of
from tests.counting import count_queries
from tests.days import TODAY
from tests.integration.conftest import SURVEY

FIRST, SECOND = 7, 8
TOMORROW = TODAY + timedelta(days=1)
READING = {"edition": "easy-read", "language": "en", "consent": "ticked", "how": "self", "S01.a": "yes", "S02.a": "no"}


@pytest.fixture
def checked_round(database: Database, provider: Provider) -> Round:
    return open_round(database, provider.id, SURVEY, length=Length.SHORT, on=TODAY, paper_is_checked=True)


def booklet(database: Database, of: Round, audience: Audience = Audience.PERSON) -> str:
    return invite(database, of.id, audience, 1)[0].token


def type_in(database: Database, of: Round, token: str, by: int = FIRST, **changed: str) -> Entered:
    return entering.enter(database, of, token, {**READING, **changed}, by, TODAY)


def state_of(database: Database, of: Round, token: str, by: int = FIRST) -> PaperState:
    return entering.open_booklet(database, of, token, by).state


def kept(database: Database, token: str):
    with database.reading() as connection:
        found = responses.find(connection, response_id(token))
    assert found is not None
    return found.response


def test_a_booklet_is_sent_when_it_is_typed_in_and_its_link_shows_the_same_receipt(
    database: Database, short_round: Round
):
    token = booklet(database, short_round)

    done = type_in(database, short_round, token)

    assert done == Entered(receipt(token))
    assert answering.open_link(database, token).receipt == done.receipt
    assert kept(database, token).answers == {"S01.a": "yes", "S02.a": "no"}
    assert kept(database, token).answered_how is AnsweredHow.SELF
    assert view_of(database, short_round.id).turnout[Audience.PERSON].invited == 1
    with database.reading() as connection:
        assert paper.entered_by(connection, short_round, response_id(token)) == FIRST
        (month,) = connection.exec_driver_sql("SELECT submitted_on FROM response").scalars()
    assert str(month) == str(date(TODAY.year, TODAY.month, 1))


def test_a_booklet_counts_once(database: Database, short_round: Round):
    token = booklet(database, short_round)
    type_in(database, short_round, token)

    assert state_of(database, short_round, token, SECOND) is PaperState.SENT
    with pytest.raises(Conflict, match="A booklet counts once"):
        type_in(database, short_round, token, SECOND, **{"S01.a": "no"})
    assert kept(database, token).answers["S01.a"] == "yes"


def test_what_cannot_be_typed_in_uses_up_no_invitation(database: Database, short_round: Round):
    token = booklet(database, short_round)

    with pytest.raises(Invalid):
        type_in(database, short_round, token, consent="")

    assert state_of(database, short_round, token) is PaperState.NEW
    assert type_in(database, short_round, token).receipt


def test_typing_in_goes_on_after_a_crash_between_the_two_transactions(
    database: Database, short_round: Round, monkeypatch: pytest.MonkeyPatch
):
    token = booklet(database, short_round)
    with monkeypatch.context() as broken:
        broken.delattr(responses, "add_submitted")
        with pytest.raises(AttributeError):
            type_in(database, short_round, token)

    assert type_in(database, short_round, token).receipt


def test_answers_that_were_begun_on_a_screen_are_not_typed_over(database: Database, short_round: Round):
    token = booklet(database, short_round)
    answering.start(database, token, Edition.STANDARD, "en")

    assert state_of(database, short_round, token) is PaperState.ON_SCREEN
    with pytest.raises(Conflict, match="on a phone or a computer"):
        type_in(database, short_round, token)


def test_answers_that_were_taken_back_are_not_typed_in_again(database: Database, short_round: Round):
    token = booklet(database, short_round)
    type_in(database, short_round, token)
    answering.withdraw(database, token)

    assert state_of(database, short_round, token) is PaperState.TAKEN_BACK
    with pytest.raises(Conflict, match="taken back"):
        type_in(database, short_round, token)


def test_a_code_of_another_round_or_of_nothing_opens_no_booklet(database: Database, short_round: Round, round_: Round):
    token, sent = booklet(database, round_), booklet(database, round_)
    entering.enter(database, round_, sent, READING, FIRST, TODAY)

    for unknown in (token, sent, "K7QX2MPA00000000000A"):
        with pytest.raises(NotFound, match="No booklet of this round"):
            entering.open_booklet(database, short_round, unknown, FIRST)


def test_nothing_is_typed_into_a_closed_round(database: Database, short_round: Round):
    token = booklet(database, short_round)
    close_round(database, short_round.id, TODAY)

    with pytest.raises(Conflict):
        type_in(database, short_round, token)


class Interrupted(Database):
    """A database whose first writer comes too late: somebody else does something just before."""

    def __init__(self, database: Database, meanwhile: Callable[[], object]) -> None:
        super().__init__(database.engine)
        self.actor = database.actor
        self._meanwhile = meanwhile

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        meanwhile, self._meanwhile = self._meanwhile, lambda: None
        meanwhile()
        with super().writing() as connection:
            yield connection


@pytest.mark.parametrize("is_second", [False, True])
def test_nothing_is_kept_in_a_round_that_closes_while_a_booklet_is_typed_in(
    database: Database, checked_round: Round, is_second: bool
):
    token = booklet(database, checked_round)
    if is_second:
        type_in(database, checked_round, token)
    late = Interrupted(database, lambda: close_round(database, checked_round.id, TODAY))

    with pytest.raises(Conflict, match="This round has closed"):
        type_in(late, checked_round, token, SECOND)

    with database.reading() as connection:
        states = connection.exec_driver_sql("SELECT state FROM response").scalars().all()
        (used,) = connection.exec_driver_sql("SELECT used FROM invitation").scalars()
    assert states == (["started"] if is_second else [])
    assert bool(used) is is_second


def test_what_somebody_else_typed_in_meanwhile_is_said_as_it_is(
    database: Database, checked_round: Round, short_round: Round
):
    for of, said in ((checked_round, "open it again with its code"), (short_round, "have been sent already")):
        token = booklet(database, of)
        late = Interrupted(database, lambda of=of, token=token: type_in(database, of, token, SECOND))

        with pytest.raises(Conflict, match=said):
            type_in(late, of, token)


def test_what_was_taken_back_meanwhile_is_not_said_to_be_sent(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)
    late = Interrupted(database, lambda: answering.withdraw(database, token))

    with pytest.raises(Conflict, match="were taken back"):
        type_in(late, checked_round, token, SECOND)


def test_an_agreed_self_assessment_is_taken_once_on_paper_too(database: Database, short_round: Round, answer_all):
    token = booklet(database, short_round, Audience.PROVIDER)
    with database.writing() as connection:
        other = entering.read_booklet(database, entering.open_booklet(database, short_round, token, FIRST), READING)
        responses.add_submitted(connection, short_round, [("a" * 64, sent(other))], TODAY)

    with pytest.raises(Conflict, match="takes one"):
        type_in(database, short_round, token)


def sent(response):
    from dataclasses import replace

    return replace(response, state=ResponseState.SUBMITTED)


def test_where_two_people_type_in_the_first_reading_waits_and_does_not_count(database: Database, checked_round: Round):
    token = booklet(database, checked_round)

    assert type_in(database, checked_round, token) == Entered()

    assert kept(database, token).state is ResponseState.STARTED
    assert view_of(database, checked_round.id).turnout[Audience.PERSON].responses == "fewer than 5"


def test_a_checker_sees_how_many_booklets_wait_and_the_provider_s_lead_a_band(database: Database, checked_round: Round):
    network = add_network(database, "Mine")
    join_network(database, network.id, checked_round.provider_id)
    type_in(database, checked_round, booklet(database, checked_round))

    def seen(account_id: int, *held: Membership) -> tuple[str, str]:
        found = entering.paper_round(database.acting_for(Actor.of(held, account_id)), checked_round.id)
        return found.waiting, found.waiting_for_you

    checks, leads = Membership(Role.CHECKER, network.id), Membership(Role.LEAD, checked_round.provider_id)
    assert seen(FIRST, checks) == ("1", "0")
    assert seen(SECOND, checks) == ("1", "1")
    for account_id in (FIRST, SECOND):
        assert seen(account_id, leads) == ("fewer than 5", "")
        assert seen(account_id, leads, checks) == ("fewer than 5", "")


def test_the_second_person_has_to_be_somebody_else(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)

    assert state_of(database, checked_round, token, FIRST) is PaperState.FIRST_BY_YOU
    with pytest.raises(Conflict, match="a second person"):
        type_in(database, checked_round, token, FIRST)
    assert state_of(database, checked_round, token, SECOND) is PaperState.WAITS


def test_two_readings_that_agree_are_sent_with_both_names(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)

    assert type_in(database, checked_round, token, SECOND) == Entered(receipt(token))

    assert kept(database, token).state is ResponseState.SUBMITTED
    with database.reading() as connection:
        row = connection.exec_driver_sql("SELECT entered_by, checked_by FROM response").one()
    assert tuple(row) == (FIRST, SECOND)
    assert unfinished_in(database, [checked_round]).booklets == "fewer than 5"
    with database.reading() as connection:
        assert paper.waiting_for_second(connection, [checked_round]) == []


def test_two_readings_that_differ_are_not_sent_until_each_difference_is_settled(
    database: Database, checked_round: Round
):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)
    second = {**READING, "S01.a": "sometimes", "how": "", "S03.a": "yes"}

    def again(settled: dict[str, str]) -> Entered:
        return entering.enter(database, checked_round, token, second, SECOND, TODAY, settled)

    assert again({}).unsettled == {"S01.a": "yes", "how": "self", "S03.a": ""}
    assert again({"S01.a": "yes", "how": "self"}).unsettled == {"S03.a": ""}
    assert kept(database, token).state is ResponseState.STARTED
    assert again({"S01.a": "yes", "how": "self", "S03.a": "yes"}).receipt

    assert kept(database, token).answers == {"S01.a": "yes", "S02.a": "no", "S03.a": "yes"}
    assert kept(database, token).answered_how is AnsweredHow.SELF


def test_what_waits_for_a_second_person_is_not_changed_by_its_link(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)

    assert answering.open_link(database, token).is_on_paper
    for change in (
        lambda: answering.record_answer(database, token, "S01.a", "no"),
        lambda: answering.change_language(database, token, "cy"),
        lambda: answering.submit(database, token, TODAY),
    ):
        with pytest.raises(Conflict, match="from paper"):
            change()
    assert kept(database, token).answers["S01.a"] == "yes"
    type_in(database, checked_round, token, SECOND)
    assert not answering.open_link(database, token).is_on_paper


def test_a_third_reading_comes_too_late(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    for by in (FIRST, SECOND):
        type_in(database, checked_round, token, by)

    with pytest.raises(Conflict, match="counts once"):
        type_in(database, checked_round, token, 9)


def test_a_round_that_closes_leaves_out_what_waits(database: Database, checked_round: Round):
    token = booklet(database, checked_round)
    type_in(database, checked_round, token)
    close_round(database, checked_round.id, TODAY)

    with pytest.raises(Conflict):
        type_in(database, checked_round, token, SECOND)
    assert kept(database, token).state is ResponseState.STARTED


def test_the_lead_and_checkers_of_the_providers_networks_may_type_in(database: Database, short_round: Round):
    mine, other = add_network(database, "Mine"), add_network(database, "Other")
    join_network(database, mine.id, short_round.provider_id)
    join_network(database, other.id, add_provider(database, "Elsewhere").id)

    token = booklet(database, short_round)

    def acting(*held: Membership) -> Database:
        return database.acting_for(Actor.of(held, FIRST))

    checker, stranger = acting(Membership(Role.CHECKER, mine.id)), acting(Membership(Role.CHECKER, other.id))
    for allowed in (acting(Membership(Role.LEAD, short_round.provider_id)), checker):
        assert entering.paper_round(allowed, short_round.id).round == short_round
        assert entering.open_booklet(allowed, short_round, token, FIRST).state is PaperState.NEW
    for refused in (
        acting(),
        stranger,
        acting(Membership(Role.COORDINATOR, mine.id), Membership(Role.SAFEGUARDING, mine.id)),
        acting(Membership(Role.LEAD, "another"), Membership(Role.CONTRIBUTOR, short_round.provider_id)),
    ):
        with pytest.raises(NotFound):
            entering.paper_round(refused, short_round.id)
        with pytest.raises(NotFound):
            entering.enter(refused, short_round, token, READING, FIRST, TODAY)
    assert [of for of, _ in entering.open_rounds_to_check(checker)] == [short_round]
    assert entering.open_rounds_to_check(stranger) == ()


def test_a_checker_s_list_of_rounds_takes_one_query_however_many_providers_there_are(
    database: Database, short_round: Round
):
    first, second = add_network(database, "First"), add_network(database, "Second")
    join_network(database, first.id, short_round.provider_id)
    join_network(database, second.id, short_round.provider_id)
    later = [open_round(database, add_provider(database, name).id, SURVEY, on=TOMORROW) for name in ("Zeal", "Acorn")]
    for of in later:
        join_network(database, second.id, of.provider_id)
    close_round(database, open_round(database, short_round.provider_id, SURVEY, on=TODAY).id, TODAY)

    checker = Actor.of(Membership(Role.CHECKER, each.id) for each in (first, second))
    with count_queries(database) as queries:
        found = entering.open_rounds_to_check(database.acting_for(checker))

    assert [(of.id, name) for of, name in found] == [
        (later[1].id, "Acorn"), (later[0].id, "Zeal"), (short_round.id, "Bramble Way Support"),
    ]  # fmt: skip
    assert len(queries) == 1


@pytest.mark.parametrize(
    "typed", ["{}", " {} ", "HTTPS://example.org/a/{}", "http://x/a/{}#personalised-support@1.0.0/easy-read/cy"]
)
def test_a_code_is_read_however_it_was_typed_or_scanned(database: Database, short_round: Round, typed: str):
    token = booklet(database, short_round)

    for code in (token, grouped(token), grouped(token).lower().replace("-", " ")):
        if " " in code and "/a/" in typed.lower():
            continue
        found = entering.code_from(short_round, typed.format(code))
        assert entering.open_booklet(database, short_round, found.token, FIRST).state is PaperState.NEW
        assert (found.edition, found.language) == ((Edition.EASY_READ, "cy") if "#" in typed else (None, None))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * 200,
        "http://x/a/AAAA#other-survey@1.0.0/easy-read/en",
        "http://x/a/A#personalised-support@9.0.0/easy-read/en",
    ],
)
def test_what_is_no_code_of_this_survey_is_refused(short_round: Round, typed: str):
    with pytest.raises(Invalid):
        entering.code_from(short_round, typed)


def test_a_number_that_a_booklet_prints_means_the_same_in_a_responses_file(
    database: Database, short_round: Round, tmp_path: Path
):
    survey = survey_of(database, short_round)
    questions = printed_questions(survey, short_round, Audience.PERSON, Edition.EASY_READ)
    numbers = [1 + place % len(question.options) for place, question in enumerate(questions)]
    head = ["response_id", "audience", "edition", "language", "answered_how", *(each.id for each in questions)]
    row = ["one", "person", "easy-read", "en", "self", *map(str, numbers), "paper"]
    path = tmp_path / "paper.csv"
    path.write_text(",".join([*head, "answered_on"]) + "\n" + ",".join(row) + "\n")

    import_responses(database, b"k" * 40, short_round.id, path, TODAY)

    with database.reading() as connection:
        (imported,) = responses.submitted(connection, short_round)
    assert imported.answers == {
        question.id: question.options[number - 1].id for question, number in zip(questions, numbers, strict=True)
    }


def test_a_coded_sheet_of_everything_in_a_booklet_makes_the_response_that_typing_it_in_makes(
    database: Database, short_round: Round, tmp_path: Path
):
    survey = survey_of(database, short_round)
    rows = {row.name: row for row in rows_of(short_round, Audience.PERSON, survey, READING)}
    second = {name: row.boxes[1] for name, row in rows.items()} | {"how": rows["how"].boxes[2]}
    column = {"how": "answered_how", "who": "helped_by"}
    cells = {column.get(name, name): str(box.number) for name, box in second.items() if name != "ways"}
    path = tmp_path / "sheet.csv"
    fixed = {"response_id": "1", "audience": "person", "edition": "easy-read", "language": "en", "answered_on": "paper"}
    path.write_text(",".join([*fixed, *cells]) + "\n" + ",".join([*fixed.values(), *cells.values()]) + "\n")
    token = booklet(database, short_round)

    import_responses(database, b"k" * 40, short_round.id, path, TODAY)
    type_in(database, short_round, token, **{name: box.value for name, box in second.items()})

    with database.reading() as connection:
        imported, typed = responses.submitted(connection, short_round)
    assert imported == typed
