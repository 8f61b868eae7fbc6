"""People are asked by e-mail: everybody gets one working link, and nobody learns who answered."""

import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text, update

from app.errors import Conflict, Invalid, NotFound, Refused
from app.library.address_file import AddressRow
from app.library.catalogue import translations_of
from app.organisations import NOBODY, Actor, Membership, Role
from app.outgoing import MailFault
from app.responses import Round, RoundState
from app.services import answering, asking, asking_letters, installing, inviting, sending
from app.services.calling_off import bring_back, cancel_round, purge_cancelled
from app.services.closing import close_round
from app.services.log import newest_lines
from app.services.rounds import view_of
from app.services.sealed_addresses import Addressee
from app.standards import Audience
from app.storage import Database
from app.storage.installation import mark
from app.storage.tables import round_table
from app.surveys import Edition
from tests.days import TODAY
from tests.mail import REFUSED, MailRoom, Office, office, room

PERSON, FAMILY = Audience.PERSON, Audience.FAMILY
ANN, BO, CAI = (Addressee(f"{name}@example.org", "en") for name in ("ann", "bo", "cai"))
LINK = re.compile(r"/a/([0-9A-Z]{20})")
STOP = re.compile(r"/stop/(\S+)")


@pytest.fixture
def mail() -> Iterator[MailRoom]:
    with room().open() as opened:
        yield opened


def ask(database: Database, mail: MailRoom, of: Round, *to: Addressee, on: date = TODAY, **more: bool) -> int:
    return asking.ask(database, office(mail), of.id, PERSON, to, on, **more)


def send(database: Database, mail: MailRoom, **pause: float) -> sending.Sent:
    return sending.send_waiting(database, office(mail), now=datetime.now(UTC) + timedelta(**pause))


def links(mail: MailRoom) -> list[str]:
    return LINK.findall("\n".join(mail.texts))


def stops(mail: MailRoom) -> list[str]:
    return STOP.findall("\n".join(mail.texts))


def opens(database: Database, token: str) -> bool:
    try:
        answering.open_link(database, token)
    except NotFound:
        return False
    return True


def begin(database: Database, token: str) -> None:
    answering.start(database, token, Edition.STANDARD, "en")


def waiting(database: Database) -> int:
    return sending.status(database).waiting.count


def test_everybody_gets_a_letter_with_a_working_link_of_their_own(database: Database, mail: MailRoom, round_: Round):
    assert ask(database, mail, round_, ANN, BO, CAI) == 3
    assert send(database, mail) == sending.Sent(sent=3)

    assert sorted(to for (to,) in mail.recipients) == [ANN.address, BO.address, CAI.address]
    assert len({*links(mail)}) == 3
    for token in links(mail):
        begin(database, token)
        answering.submit(database, token, TODAY)
    assert view_of(database, round_.id).turnout[PERSON].invited == 3


def test_the_letter_says_who_asks_that_one_may_say_no_and_how_to_get_no_more(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN)
    send(database, mail)

    (said,), (letter,) = mail.texts, mail.letters
    assert letter["Subject"] == "Tell us what you think"
    for words in ("Bramble Way Support wants to know", "You do not have to.", "for you alone", "No more letters"):
        assert words in said
    assert said.count("https://seat.example.org/") == 2


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_letter_speaks_to_its_audience_in_its_language(audience: Audience, language: str):
    to = Addressee(ANN.address, language)
    letter = asking_letters.asking_letter(to, audience, "Bramble Way", "https://x/a/1", "https://x/stop/2")

    said = translations_of(language).gettext
    assert letter.subject == said("Tell us what you think")
    assert said("Open this link to answer:") + "\n\nhttps://x/a/1\n" in letter.text
    assert "%(" not in letter.text


def test_a_list_that_is_sent_twice_asks_once(database: Database, mail: MailRoom, round_: Round):
    assert ask(database, mail, round_, ANN, BO) == 2
    assert ask(database, mail, round_, Addressee("ANN@example.org", "cy"), BO) == 0
    assert ask(database, mail, round_, ANN, CAI) == 1

    assert send(database, mail).sent == 3


def test_two_leads_who_give_the_same_list_at_once_ask_once(database: Database, mail: MailRoom, round_: Round):
    start, counts = threading.Barrier(2), []

    def give() -> None:
        start.wait()
        counts.append(ask(database, mail, round_, ANN, BO, CAI))

    leads = [threading.Thread(target=give) for _ in range(2)]
    for each in leads:
        each.start()
    for each in leads:
        each.join()

    assert sorted(counts) == [0, 3]
    assert waiting(database) == 3


def test_an_address_that_stands_twice_gets_one_letter_or_one_a_line_when_people_share_it(
    database: Database, mail: MailRoom, round_: Round, staff_round: Round
):
    sorted_out = asking.sort_out(database, office(mail), round_.id, PERSON, (ANN, BO, ANN))
    assert (sorted_out.fresh, sorted_out.again, sorted_out.known_count) == ((ANN, BO), (ANN,), 0)

    assert ask(database, mail, round_, ANN, BO, ANN) == 2
    assert ask(database, mail, staff_round, ANN, BO, ANN, each_line=True) == 3
    assert asking.sort_out(database, office(mail), round_.id, PERSON, (ANN, CAI)).known_count == 1


def test_a_family_may_have_the_address_of_the_person(database: Database, mail: MailRoom, round_: Round):
    ask(database, mail, round_, ANN)

    assert asking.ask(database, office(mail), round_.id, FAMILY, (ANN,), TODAY) == 1


def test_every_fault_of_a_list_is_named_with_its_place_and_nobody_is_asked():
    rows = [
        AddressRow("a:1", "ann@example.org"),
        AddressRow("a:2", "ann"),
        AddressRow("a:3", "", "cy"),
        AddressRow("a:4", "bo@example.org", "fr"),
        AddressRow("a:5", "bo@example.org\r\nBcc: all@example.org"),
    ]

    with pytest.raises(Invalid) as caught:
        asking.addressees(rows, "en")

    assert [str(fault) for fault in caught.value.faults] == [
        "a:2: This is not an e-mail address.",
        "a:3: The address is missing.",
        "a:4: The language is one of: en, cy.",
        "a:5: This is not an e-mail address.",
    ]
    assert "@" not in str(caught.value)


def test_at_most_a_thousand_are_asked_at_a_time():
    rows = [AddressRow(f"line {number}", f"person{number}@example.org") for number in range(1, 1002)]

    assert len(asking.addressees(rows[:1000], "en")) == 1000
    with pytest.raises(Invalid) as caught:
        asking.addressees(rows, "en")
    assert [str(fault) for fault in caught.value.faults] == ["line 1001: Ask at most 1,000 people at a time."]
    with pytest.raises(Invalid, match="no address"):
        asking.addressees([], "en")


def test_a_letter_that_cannot_be_sent_stays_and_the_next_try_has_another_link(database: Database, round_: Round):
    mail = room()
    ask(database, mail, round_, ANN)
    assert send(database, mail).fault is MailFault.UNREACHABLE

    with mail.open():
        assert send(database, mail, minutes=21).sent == 1
    (token,) = links(mail)
    assert opens(database, token)


def test_who_was_refused_keeps_the_invitation_until_a_server_takes_the_letter(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, Addressee(REFUSED, "en"), ANN)

    assert send(database, mail) == sending.Sent(1, 1, MailFault.REFUSED)
    assert waiting(database) == 1
    assert view_of(database, round_.id).turnout[PERSON].invited == 2


def test_after_a_crash_between_sending_and_noting_it_the_newest_link_alone_works(
    database: Database, mail: MailRoom, round_: Round, monkeypatch: pytest.MonkeyPatch
):
    ask(database, mail, round_, ANN)
    crash_after_sending(database, mail, monkeypatch)
    assert waiting(database) == 1

    assert send(database, mail, minutes=21).sent == 1
    first, second = links(mail)
    assert (opens(database, first), opens(database, second)) == (False, True)


def test_after_such_a_crash_who_has_begun_gets_no_second_letter(
    database: Database, mail: MailRoom, round_: Round, monkeypatch: pytest.MonkeyPatch
):
    ask(database, mail, round_, ANN)
    crash_after_sending(database, mail, monkeypatch)
    (token,) = links(mail)
    begin(database, token)

    send(database, mail, minutes=21)

    assert (len(mail.raw), waiting(database)) == (1, 0)
    assert opens(database, token)


def test_a_link_stops_working_when_the_letter_with_the_next_is_made_and_never_two_work(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN)
    mail.when_taken = lambda: mail.sessions[0]  # IndexError: the server breaks off with a 500
    send(database, mail)
    mail.when_taken = lambda: None
    send(database, mail, minutes=21)

    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM invitation")).scalar() == 1


def crash_after_sending(database: Database, mail: MailRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(sending.stored, "remove", crash)
        with pytest.raises(RuntimeError):
            send(database, mail)


def test_a_reminder_goes_to_everybody_alike_and_holds_no_link_to_answers(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN, BO, CAI)
    send(database, mail)
    first = links(mail)
    begin(database, first[0])
    answering.submit(database, first[0], TODAY)
    begin(database, first[1])
    mail.raw.clear()
    mail.recipients.clear()

    asking.remind(database, office(mail), round_.id, PERSON, TODAY + asking.PAUSE)
    assert send(database, mail).sent == 3

    assert sorted(to for (to,) in mail.recipients) == [ANN.address, BO.address, CAI.address]
    assert links(mail) == []
    assert len({STOP.sub("", said) for said in mail.texts}) == 1
    assert "do not know who has answered" in mail.texts[0]
    assert all(opens(database, token) for token in first)


def test_people_are_reminded_once_a_week_at_most_and_three_times_in_all(
    database: Database, mail: MailRoom, round_: Round
):
    with pytest.raises(Conflict, match="asked by e-mail yet"):
        asking.remind(database, office(mail), round_.id, PERSON, TODAY)
    ask(database, mail, round_, ANN)
    with pytest.raises(Conflict, match=r"from 28/11/2026 on"):
        asking.remind(database, office(mail), round_.id, PERSON, TODAY + timedelta(days=6))

    for week in (1, 2, 3):
        asking.remind(database, office(mail), round_.id, PERSON, TODAY + timedelta(days=7 * week), week - 1)
        with pytest.raises(Conflict, match="It goes once"):
            asking.remind(database, office(mail), round_.id, PERSON, TODAY + timedelta(days=7 * week), week - 1)
    with pytest.raises(Conflict, match="enough"):
        asking.remind(database, office(mail), round_.id, PERSON, TODAY + timedelta(days=70))
    (shown,) = asking.asked_by_letter(database, round_.id, TODAY).values()
    assert (shown.reminders, shown.next_on) == (3, None)


def test_who_stops_the_letters_gets_no_more_however_often_the_address_is_given(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN, BO)
    asking.ask(database, office(mail), round_.id, FAMILY, (ANN,), TODAY)
    send(database, mail)
    by_ann = next(
        STOP.findall(said)[0] for said, (to,) in zip(mail.texts, mail.recipients, strict=True) if to == ANN.address
    )
    before = asking.asked_by_letter(database, round_.id, TODAY)

    asking.stop(database, office(mail), by_ann)
    asking.stop(database, office(mail), by_ann)

    assert asking.asked_by_letter(database, round_.id, TODAY) == before
    assert ask(database, mail, round_, ANN, CAI) == 1
    assert asking.ask(database, office(mail), round_.id, FAMILY, (ANN,), TODAY) == 0
    mail.recipients.clear()
    asking.remind(database, office(mail), round_.id, PERSON, TODAY + asking.PAUSE)
    send(database, mail)
    assert sorted(to for (to,) in mail.recipients) == sorted([BO.address, CAI.address, CAI.address])
    assert all(opens(database, token) for token in links(mail))


def test_who_stops_before_the_letter_left_gets_none(database: Database, round_: Round):
    mail = room()
    ask(database, mail, round_, ANN)
    asking.take_off(database, office(mail), round_.id, "Ann@Example.org ")

    with mail.open():
        send(database, mail)
    assert (mail.raw, waiting(database)) == ([], 0)


@pytest.mark.parametrize("secret", ["", "x", "x" * 65, "0" * 64])
def test_a_link_to_stop_that_we_do_not_know_does_nothing(
    database: Database, mail: MailRoom, round_: Round, secret: str
):
    ask(database, mail, round_, ANN)
    asking.stop(database.acting_for(NOBODY), office(mail), secret)

    assert send(database, mail).sent == 1


def test_taking_an_address_off_says_nothing_about_whether_it_was_on_the_list(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN)

    for address in (ANN.address, ANN.address, BO.address):
        assert asking.take_off(database, office(mail), round_.id, address) is None
    with pytest.raises(Invalid):
        asking.take_off(database, office(mail), round_.id, "ann")
    assert asking.asked_by_letter(database, round_.id, TODAY)[PERSON].count == "fewer than 5"


def test_links_in_letters_are_not_replaced_when_fresh_links_are_made_by_hand(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN, BO)
    send(database, mail)
    by_hand = inviting.invite(database, round_.id, PERSON, 3)

    assert [link.number for link in inviting.remind(database, round_.id, PERSON)] == [link.number for link in by_hand]
    assert all(opens(database, token) for token in links(mail))
    begin(database, links(mail)[0])
    assert len(inviting.remind(database, round_.id, PERSON)) == 3


def test_when_a_round_closes_its_addresses_are_deleted_and_nothing_more_is_sent(database: Database, round_: Round):
    mail = room()
    ask(database, mail, round_, ANN)
    close_round(database, round_.id, TODAY)

    assert counted(database) == {"round_address": 0, "address_list": 0}
    with mail.open():
        send(database, mail)
    assert mail.raw == []
    for deed in (ask, lambda *given: asking.remind(database, office(mail), round_.id, PERSON, TODAY)):
        with pytest.raises(Conflict):
            deed(database, mail, round_, BO)


def test_the_addresses_of_every_round_that_has_closed_can_be_deleted(
    database: Database, mail: MailRoom, round_: Round, staff_round: Round
):
    ask(database, mail, round_, ANN, BO)
    ask(database, mail, staff_round, CAI)
    with database.writing() as connection:
        over = update(round_table).where(round_table.c.id == round_.id)
        connection.execute(over.values(state=RoundState.CLOSED.value))

    assert asking.forget_addresses_of_closed_rounds(database) == 2
    assert counted(database) == {"round_address": 1, "address_list": 1}


def test_a_round_that_is_called_off_sends_nothing_and_when_it_is_brought_back_its_letters_leave(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN)
    cancel_round(database, round_.id, TODAY)
    with pytest.raises(Conflict, match="called off"):
        ask(database, mail, round_, BO)
    assert send(database, mail).fault is MailFault.NOT_MADE

    bring_back(database, round_.id, TODAY)
    assert send(database, mail, minutes=21).sent == 1
    assert opens(database, links(mail)[0])


def test_what_a_round_wrote_to_goes_with_its_answers_when_it_was_called_off_for_good(
    database: Database, mail: MailRoom, round_: Round
):
    ask(database, mail, round_, ANN)
    cancel_round(database, round_.id, TODAY)

    assert purge_cancelled(database, TODAY + timedelta(days=30)) == 1
    assert counted(database) == {"round_address": 0, "address_list": 0}
    send(database, mail)
    assert (mail.raw, waiting(database)) == ([], 0)


def counted(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0
            for table in ("round_address", "address_list")
        }


def test_where_no_letter_leaves_nobody_is_asked(database: Database, round_: Round, mail: MailRoom):
    assert not asking.can_ask(database, Office(), round_)
    with pytest.raises(Refused, match="No letter can leave"):
        asking.ask(database, Office(), round_.id, PERSON, (ANN,), TODAY)
    assert asking.can_ask(database, office(mail), round_)


def test_a_made_up_round_sends_to_this_machine_alone(database: Database, round_: Round, mail: MailRoom):
    ask(database, mail, round_, ANN)
    with database.writing() as connection:
        connection.execute(update(round_table).values(made_up=True))
    elsewhere = office(mail, host="mail.example.org")

    assert asking.can_ask(database, office(mail), made_up(database, round_))
    assert not asking.can_ask(database, elsewhere, made_up(database, round_))
    with database.reading() as connection:
        (address_id,) = connection.execute(text("SELECT id FROM round_address")).scalars()
    given = {"address": address_id, "number": "1"}
    assert asking_letters.write_asking(database, elsewhere, given) is None
    with database.writing() as connection:
        mark(connection, installing.DEMONSTRATION, installing.FINISHED)
    assert not asking.can_ask(database, elsewhere, round_)


def made_up(database: Database, of: Round) -> Round:
    return view_of(database, of.id).round


def test_the_agreed_self_assessment_is_not_asked_for_by_letter(
    database: Database, mail: MailRoom, round_: Round, staff_round: Round
):
    with pytest.raises(Invalid):
        asking.ask(database, office(mail), round_.id, Audience.PROVIDER, (ANN,), TODAY)
    assert asking.ask(database, office(mail), staff_round.id, Audience.PROVIDER, (ANN,), TODAY) == 1


@pytest.mark.parametrize("role", [None, Role.CONTRIBUTOR, Role.MEMBER])
def test_only_the_lead_asks_reminds_and_sees_a_list(
    database: Database, mail: MailRoom, round_: Round, role: Role | None
):
    ask(database, mail, round_, ANN)
    memberships = [Membership(role, round_.provider_id)] if role else [Membership(Role.LEAD, "elsewhere")]
    stranger = database.acting_for(Actor.of(memberships, 9))

    for deed in (
        lambda: ask(stranger, mail, round_, BO),
        lambda: asking.sort_out(stranger, office(mail), round_.id, PERSON, (ANN,)),
        lambda: asking.remind(stranger, office(mail), round_.id, PERSON, TODAY + asking.PAUSE),
        lambda: asking.take_off(stranger, office(mail), round_.id, ANN.address),
        lambda: asking.asked_by_letter(stranger, round_.id, TODAY),
        lambda: asking.forget_addresses_of_closed_rounds(stranger),
    ):
        with pytest.raises(NotFound):
            deed()


def test_the_log_says_how_many_were_asked_and_never_who(database: Database, mail: MailRoom, round_: Round):
    ask(database, mail, round_, ANN, BO)
    asking.remind(database, office(mail), round_.id, PERSON, TODAY + asking.PAUSE)
    send(database, mail)
    asking.stop(database, office(mail), stops(mail)[0])
    asking.take_off(database, office(mail), round_.id, BO.address)

    lines = [each.line for each in newest_lines(database)][:3]
    assert [(line.deed.value, dict(line.facts)) for line in lines] == [
        ("address taken off a list", {}),
        ("people reminded by letter", {"audience": "person"}),
        ("people asked by letter", {"audience": "person", "count": "2"}),
    ]
    assert "example" not in str(lines)


def test_a_forged_address_in_another_s_place_is_not_written_to(database: Database, mail: MailRoom, round_: Round):
    ask(database, mail, round_, ANN, BO)
    with database.writing() as connection:
        first, second = connection.execute(text("SELECT sealed FROM round_address ORDER BY id")).scalars()
        change = text("UPDATE round_address SET sealed = :new WHERE sealed = :old")
        connection.execute(change, {"new": second, "old": first})

    assert send(database, mail).fault is MailFault.NOT_MADE
    assert len(mail.raw) == 1
