"""The daily turn deletes what the schedule lets go: not a day early, not a day late, and nothing twice."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from app.errors import NotFound
from app.organisations import NOBODY, Membership, Role
from app.organisations.evidence import Label
from app.organisations.log import Deed
from app.organisations.schedule import SCHEDULE
from app.responses import HowLong, Round
from app.responses.visit import Observation, Seen
from app.services import (
    account_sessions,
    accounts,
    answering,
    evidence,
    inviting_colleagues,
    joining_networks,
    sharing,
    sign_in_links,
    teams,
    tending,
)
from app.services.calling_off import cancel_round
from app.services.closing import close_round
from app.services.coming_back import choose_word
from app.services.inviting import invite
from app.services.inviting_colleagues import Office
from app.services.log import all_lines
from app.services.organising import add_network
from app.services.reporting import provider_report_of
from app.services.rounds import view_of
from app.services.tending import RULES, Outcome, Turn, tend
from app.standards import Audience
from app.storage import Database, addresses, letters, visits
from app.storage import accounts as stored_accounts
from app.storage.addresses import StoredAddress
from app.storage.keys import new_id
from app.storage.tables import account, log_line, metadata, sign_on, sign_on_account
from tests.databases import KEYS
from tests.days import TODAY
from tests.evidence_files import PDF
from tests.integration.conftest import AnswerAll
from tests.integration.visits import begun_visit

OFFICE = Office(KEYS, b"h" * 40, "https://example.org")
REALLY_TODAY = datetime.now(UTC).date()


@dataclass
class Scene:
    """An installation in which something is kept."""

    database: Database
    round: Round
    answer_all: AnswerAll
    folder: Path

    def turn(self, on: date) -> dict[str, Outcome]:
        return {each.rule.name: each for each in tend(self.database, Turn(on, self.folder, OFFICE))}

    def rows(self, *tables: str) -> dict[str, int]:
        with self.database.reading() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
                for name in tables
            }

    def everything(self) -> dict[str, int]:
        own = {log_line.name, "installation"}
        return self.rows(*(name for name in metadata.tables if name not in own))


@pytest.fixture
def scene(database: Database, short_round: Round, answer_all: AnswerAll, tmp_path: Path) -> Scene:
    return Scene(database, short_round, answer_all, tmp_path / "evidence")


# --- what each rule is about: makes rows, and returns the day on which they go -------------------------------------


def answered_and_closed(scene: Scene) -> date:
    (token, *_) = scene.answer_all(scene.round, Audience.PERSON, ["yes", "no"])
    choose_word(scene.database, KEYS[0], token, "hedgehog")
    close_round(scene.database, scene.round.id, date(2026, 11, 21))
    return date(2028, 11, 21)


def shared(scene: Scene) -> date:
    (token,) = scene.answer_all(scene.round, Audience.PERSON, ["yes"])
    sharing.share(scene.database, token, sharing.SharedWith.FAMILY, HowLong.A_WEEK, TODAY)
    return sharing.last_day(HowLong.A_WEEK, TODAY) + timedelta(days=1)


def invited(scene: Scene) -> date:
    invite(scene.database, scene.round.id, Audience.PERSON, 3)
    close_round(scene.database, scene.round.id, TODAY)
    return TODAY + timedelta(days=30)


def called_off(scene: Scene) -> date:
    scene.answer_all(scene.round, Audience.PERSON, ["yes"])
    cancel_round(scene.database, scene.round.id, TODAY)
    return TODAY + timedelta(days=30)


def seen(scene: Scene) -> date:
    visit = begun_visit(scene.database, scene.round)
    with scene.database.writing() as connection:
        visits.add_observation(connection, visit, "o" * 64, Observation("S01", Seen.SEEN, "A warm house."))
    close_round(scene.database, scene.round.id, date(2026, 11, 30))
    return date(2028, 11, 30)


def visited(scene: Scene) -> date:
    begun_visit(scene.database, scene.round)
    close_round(scene.database, scene.round.id, date(2026, 11, 30))
    return date(2027, 11, 30)


def signed_in(scene: Scene) -> date:
    account_sessions.begin(scene.database, _account(scene), "Firefox", TODAY, has_second_factor=False, remembered=True)
    return TODAY + timedelta(days=30)


def asked_for_a_link(scene: Scene) -> date:
    account_id = _account(scene)
    with scene.database.writing() as connection:
        stored_accounts.confirm(connection, account_id, datetime(2026, 11, 1))  # noqa: DTZ001
    assert sign_in_links.make(scene.database, "jo@example.org", TODAY)
    return TODAY + timedelta(days=2)


def colleague_invited(scene: Scene) -> date:
    into = Membership(Role.MEMBER, scene.round.provider_id)
    invited, _ = inviting_colleagues.invite(
        scene.database, OFFICE, new_id(), "sam@example.org", into, TODAY, has_letter=False
    )
    return invited.expires_on + timedelta(days=30)


def provider_invited(scene: Scene) -> date:
    network = add_network(scene.database, "The north")
    joining_networks.invite_provider(scene.database, network.id, new_id(), "A friend", TODAY)
    return TODAY + timedelta(days=60)


def letter_given_up(scene: Scene) -> date:
    with scene.database.writing() as connection:
        letters.add(connection, new_id(), "sealed", TODAY)
    return TODAY + timedelta(days=37)


def evidence_deleted(scene: Scene) -> date:
    store = evidence.Store(scene.folder, KEYS, 1024 * 1024, 1024 * 1024)
    kept = evidence.add_evidence(
        scene.database, store, scene.round.provider_id, new_id(), Label("Our plan"),
        file_name="plan.pdf", content=PDF, on=TODAY,
    )  # fmt: skip
    evidence.delete_evidence(scene.database, scene.round.provider_id, kept.id, TODAY)
    return TODAY + timedelta(days=30)


EACH: tuple[tuple[str, Callable[[Scene], date], tuple[str, ...]], ...] = (
    ("answers", answered_and_closed, ("response", "come_back")),
    ("shares", shared, ("share",)),
    ("invitations", invited, ("invitation",)),
    ("rounds-called-off", called_off, ("response", "invitation")),
    ("observations", seen, ("observation", "visit")),
    ("visits", visited, ("visit", "visit_checker", "visit_device")),
    ("sessions", signed_in, ("account_session",)),
    ("sign-in-links", asked_for_a_link, ("sign_in_link",)),
    ("account-invitations", colleague_invited, ("account_invitation",)),
    ("network-invitations", provider_invited, ("network_invitation",)),
    ("letters", letter_given_up, ("letter",)),
    ("evidence", evidence_deleted, ("evidence",)),
)


@pytest.mark.parametrize(("rule", "make", "tables"), EACH, ids=[name for name, _, _ in EACH])
def test_what_is_kept_goes_on_its_day_and_not_the_day_before(
    scene: Scene, rule: str, make: Callable[[Scene], date], tables: tuple[str, ...]
):
    day = make(scene)
    before = scene.rows(*tables)
    assert 0 not in before.values()

    early = scene.turn(day - timedelta(days=1))
    assert scene.rows(*tables) == before
    assert early[rule].count == 0

    due = {each.rule.name: each.count for each in tending.due(scene.database, Turn(day, scene.folder, OFFICE))}
    done = scene.turn(day)
    assert set(scene.rows(*tables).values()) == {0}
    assert (done[rule].count, done[rule].fault) == (due[rule], "")
    assert done[rule].count > 0


@pytest.mark.parametrize(("rule", "make", "tables"), EACH, ids=[name for name, _, _ in EACH])
def test_doing_it_again_deletes_nothing_more(scene: Scene, rule: str, make: Callable[[Scene], date], tables):
    day = make(scene)
    scene.turn(day)
    left = scene.everything()

    again = scene.turn(day)

    assert {each.count for each in again.values()} == {0}
    assert scene.everything() == left


def test_every_rule_of_the_schedule_is_kept_and_every_rule_stands_in_the_schedule():
    assert {name for each in SCHEDULE for name in each.rules} == {each.name for each in RULES}
    tried = {name for name, _, _ in EACH} | {"addresses", "accounts"}
    assert tried == {each.name for each in RULES}


def test_a_figure_outlives_the_answers_it_was_made_of(scene: Scene):
    scene.answer_all(scene.round, Audience.PERSON, ["yes"] * 6)
    close_round(scene.database, scene.round.id, TODAY)
    before = provider_report_of(scene.database, scene.round.id)

    scene.turn(date(2030, 1, 1))

    assert scene.rows("response", "invitation") == {"response": 0, "invitation": 0}
    assert provider_report_of(scene.database, scene.round.id) == before
    view = view_of(scene.database, scene.round.id)
    assert view.is_turnout_kept(TODAY + timedelta(days=29))
    assert not view.is_turnout_kept(TODAY + timedelta(days=30))


def test_an_own_result_is_there_until_its_answers_go_though_its_invitation_went_before(scene: Scene):
    (token,) = scene.answer_all(scene.round, Audience.PERSON, ["yes"])
    close_round(scene.database, scene.round.id, date(2026, 11, 21))

    scene.turn(date(2028, 11, 20))
    assert scene.rows("invitation") == {"invitation": 0}
    assert answering.open_link(scene.database, token).receipt

    scene.turn(date(2028, 11, 21))
    with pytest.raises(NotFound):
        answering.open_link(scene.database, token)


def test_what_is_open_or_was_brought_back_is_never_touched(scene: Scene):
    scene.answer_all(scene.round, Audience.PERSON, ["yes", "no"])
    begun_visit(scene.database, scene.round)
    before = scene.everything()

    scene.turn(date(2040, 1, 1))

    assert scene.everything() == before


def test_where_a_pair_saw_something_the_bare_visit_stays_as_long_as_that(scene: Scene):
    seen(scene)
    tables = ("visit", "visit_checker", "visit_device", "observation")

    scene.turn(date(2027, 11, 30))
    assert scene.rows(*tables) == {"visit": 1, "visit_checker": 0, "visit_device": 0, "observation": 1}

    scene.turn(date(2028, 11, 30))
    assert scene.rows(*tables) == dict.fromkeys(tables, 0)


def test_addresses_that_outlived_their_round_go_with_the_next_turn(scene: Scene):
    stored = StoredAddress("a" * 64, Audience.PERSON, "sealed")
    close_round(scene.database, scene.round.id, TODAY)
    with scene.database.writing() as connection:
        addresses.add(connection, scene.round, Audience.PERSON, [stored], TODAY)

    assert scene.turn(TODAY)["addresses"].count == 1
    assert scene.rows("round_address", "address_list") == {"round_address": 0, "address_list": 0}


# --- accounts ----------------------------------------------------------------------------------------------------


def _account(scene: Scene, email: str = "jo@example.org", role: Role = Role.MEMBER) -> int:
    accounts.add_account(scene.database, email, "-", [Membership(role, scene.round.provider_id)])
    with scene.database.reading() as connection:
        return stored_accounts.id_of(connection, email) or 0


def _role_taken(scene: Scene) -> int:
    account_id = _account(scene)
    teams.take_role_away(scene.database, account_id, Membership(Role.MEMBER, scene.round.provider_id))
    return account_id


def _is_active(scene: Scene, account_id: int) -> bool:
    with scene.database.reading() as connection:
        return bool(connection.execute(select(account.c.active).where(account.c.id == account_id)).scalar_one())


def test_an_account_goes_thirty_days_after_its_last_role(scene: Scene):
    account_id = _role_taken(scene)

    assert scene.turn(REALLY_TODAY + timedelta(days=29))["accounts"].count == 0
    assert _is_active(scene, account_id)

    assert scene.turn(REALLY_TODAY + timedelta(days=30))["accounts"].count == 1
    assert not _is_active(scene, account_id)
    lines = [line for line, _ in all_lines(scene.database) if line.deed is Deed.ACCOUNT_CLOSED]
    assert [line.about for line in lines] == [str(account_id)]
    assert scene.turn(REALLY_TODAY + timedelta(days=31))["accounts"].count == 0


def test_an_account_that_is_invited_somewhere_stays(scene: Scene):
    account_id, later = _role_taken(scene), REALLY_TODAY + timedelta(days=30)
    into = Membership(Role.MEMBER, scene.round.provider_id)
    inviting_colleagues.invite(scene.database, OFFICE, new_id(), "Jo@example.org", into, later, has_letter=False)

    assert scene.turn(later)["accounts"].count == 0
    assert _is_active(scene, account_id)


def test_an_account_with_another_role_or_that_never_had_one_stays(scene: Scene):
    with_role = _account(scene, "lead@example.org", Role.LEAD)
    accounts.add_account(scene.database, "none@example.org", "-", [])

    assert scene.turn(date(2040, 1, 1))["accounts"].count == 0
    assert _is_active(scene, with_role)
    assert scene.rows("account") == {"account": 2}


def test_what_an_identity_provider_calls_somebody_goes_with_their_account(scene: Scene):
    account_id, network = _role_taken(scene), add_network(scene.database, "The north")
    at_provider = {"issuer": "-", "client_id": "-", "sealed_secret": "", "name": "-", "is_second_factor": False}
    with scene.database.writing() as connection:
        connection.execute(insert(sign_on).values(id="s" * 16, network_id=network.id, **at_provider))
        connection.execute(insert(sign_on_account).values(subject="x" * 64, sign_on_id="s" * 16, account_id=account_id))

    scene.turn(REALLY_TODAY + timedelta(days=30))

    assert scene.rows("sign_on_account") == {"sign_on_account": 0}


# --- what is said of it ------------------------------------------------------------------------------------------


def said(scene: Scene) -> list[tuple[Deed, dict[str, str]]]:
    deeds = {Deed.DELETED_BY_SCHEDULE, Deed.SCHEDULE_KEPT}
    return [(line.deed, dict(line.facts)) for line, _ in all_lines(scene.database) if line.deed in deeds]


def test_the_log_counts_what_colleagues_leave_and_never_what_respondents_leave(scene: Scene):
    colleague_invited(scene)
    invite(scene.database, scene.round.id, Audience.PERSON, 3)
    close_round(scene.database, scene.round.id, TODAY)

    scene.turn(date(2030, 1, 1))

    assert said(scene) == [
        (Deed.DELETED_BY_SCHEDULE, {"rule": "invitations"}),
        (Deed.DELETED_BY_SCHEDULE, {"rule": "account-invitations", "count": "1"}),
        (Deed.SCHEDULE_KEPT, {}),
    ]


def test_that_a_share_ended_stands_nowhere(scene: Scene):
    day = shared(scene)

    done = scene.turn(day)

    assert done["shares"].count == 1
    assert done["shares"].shown == "some"
    assert said(scene) == [(Deed.SCHEDULE_KEPT, {})]


def test_a_rule_that_fails_keeps_none_of_the_others_from_it_and_is_seen(scene: Scene, capsys):
    colleague_invited(scene)
    evidence_deleted(scene)
    (file,) = (path for path in scene.folder.glob("*/*") if path.is_file())
    file.unlink()
    file.mkdir()  # what cannot be unlinked

    done = scene.turn(date(2030, 1, 1))

    assert done["evidence"].shown.startswith("failed (")
    assert done["account-invitations"].count == 1
    assert said(scene)[-1] == (Deed.SCHEDULE_KEPT, {"failed": "evidence"})
    assert tending.tended_on(scene.database) is None

    file.rmdir()
    assert scene.turn(date(2030, 1, 2))["evidence"].count == 1
    assert tending.tended_on(scene.database) == date(2030, 1, 2)


def test_nobody_but_whoever_looks_after_the_installation_may(scene: Scene):
    stranger, turn = scene.database.acting_for(NOBODY), Turn(TODAY, scene.folder, OFFICE)

    for doing in (
        lambda: tend(stranger, turn),
        lambda: tending.due(stranger, turn),
        lambda: tending.begin_turn(stranger, TODAY),
        lambda: tending.tended_on(stranger),
    ):
        with pytest.raises(NotFound):
            doing()


# --- once a day --------------------------------------------------------------------------------------------------


def test_of_many_processes_one_takes_the_turn_of_a_day(database: Database):
    for on in (TODAY, TODAY + timedelta(days=1)):
        ready, taken = threading.Barrier(6), []

        def ask(day: date = on, ready: threading.Barrier = ready, taken: list[bool] = taken) -> None:
            ready.wait()
            taken.append(tending.begin_turn(database, day))

        asking_ = [threading.Thread(target=ask) for _ in range(6)]
        for each in asking_:
            each.start()
        for each in asking_:
            each.join()

        assert sorted(taken) == [False] * 5 + [True]
    assert not tending.begin_turn(database, TODAY)
