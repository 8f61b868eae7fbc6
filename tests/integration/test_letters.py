"""Letters: kept with what they are about, sent over a real mail server, and gone as soon as it has taken them."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from app.outgoing import MailFault
from app.services import installing, sending
from app.services.posting import Draft, Letter, can_send, post
from app.storage import Database
from app.storage.installation import mark
from tests.certificates import certificate, server_context
from tests.databases import KEYS
from tests.mail import PASSWORD, REFUSED, USER, MailRoom, Office, accepts, office, room

WELSH = Letter("mair@example.org", "Croeso i’r tŷ, ŵyn", "Mae’r dŵr yn y tŷ.\n.\n..\nFrom ŷ\n")
PLAIN = Letter("ann.quill@example.org", "Your invitation", "Hello Ann Quill")


@pytest.fixture
def mail() -> Iterator[MailRoom]:
    with room().open() as opened:
        yield opened


def posted(database: Database, *letters: Letter | Draft) -> None:
    with database.writing() as connection:
        for each in letters:
            post(connection, KEYS, each)


def raw(database: Database) -> list[dict[str, object]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(text("SELECT * FROM letter")).mappings()]


def later(**pause: float) -> datetime:
    return datetime.now(UTC) + timedelta(**pause)


def test_a_letter_arrives_as_it_was_written_and_no_record_of_it_is_kept(database: Database, mail: MailRoom):
    posted(database, WELSH)

    assert sending.send_waiting(database, office(mail)) == sending.Sent(sent=1)

    (arrived,) = mail.letters
    assert arrived["Subject"] == WELSH.subject
    assert mail.texts == [WELSH.text.rstrip("\n")]
    assert mail.recipients == [[WELSH.to]]
    assert (mail.sessions[0].host_name, arrived["Bcc"]) == ("example.org", None)
    assert raw(database) == []
    assert sending.send_waiting(database, office(mail)) == sending.Sent()


def test_a_letter_reaches_an_address_with_other_letters_in_it(database: Database, mail: MailRoom):
    posted(database, Letter("ŵyn@tŷ.example.org", "Hello", "Text"))

    assert sending.send_waiting(database, office(mail)).sent == 1
    assert mail.recipients == [["ŵyn@tŷ.example.org"]]


def test_a_letter_is_kept_with_what_was_decided_or_not_at_all(database: Database):
    def decide() -> None:
        with database.writing() as connection:
            mark(connection, "decided", "yes")
            post(connection, KEYS, PLAIN)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        decide()

    assert raw(database) == []


def test_nothing_in_a_row_says_whom_a_letter_is_to_or_what_it_says(database: Database):
    posted(database, PLAIN, Draft("reminder", {"to": PLAIN.to, "place": "Quill"}))

    for row in raw(database):
        assert set(row) == {"id", "sealed", "posted_on", "tries", "not_before", "fault"}
        assert (row["tries"], row["not_before"], row["fault"]) == (0, 0, "")
        assert not {word for word in ("quill", "invitation", "reminder", "example") if word in str(row).lower()}


def test_no_byte_of_the_database_holds_an_address_before_or_after(sqlite_files, mail: MailRoom):
    url = sqlite_files.new_url()
    database, path = Database.at(url), Path(url.removeprefix("sqlite:///"))
    seen = []
    mail.when_taken = lambda: seen.append(b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*")))
    posted(database, PLAIN)

    sending.send_waiting(database, office(mail))
    seen.append(b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*")))

    assert [word for word in (b"quill", b"Quill", b"Your inv") for bytes_ in seen if word in bytes_] == []
    assert len(seen) == 2
    database.close()


def test_a_letter_that_is_refused_stays_and_keeps_no_other_from_leaving(database: Database, mail: MailRoom):
    posted(database, Letter(REFUSED, "Hello", "Text"), PLAIN)

    done = sending.send_waiting(database, office(mail))

    assert done == sending.Sent(sent=1, failed=1, fault=MailFault.REFUSED)
    (row,) = raw(database)
    assert (row["tries"], row["fault"]) == (1, "refused")
    assert sending.send_waiting(database, office(mail), now=later(minutes=9)) == sending.Sent()
    assert sending.send_waiting(database, office(mail), now=later(minutes=21)).failed == 1
    assert sending.send_waiting(database, office(mail), now=later(minutes=45)) == sending.Sent()


def test_letters_wait_while_the_server_is_down_and_leave_when_it_is_back(database: Database):
    mail = room()
    posted(database, PLAIN, WELSH)

    assert sending.send_waiting(database, office(mail)) == sending.Sent(failed=1, fault=MailFault.UNREACHABLE)
    assert sending.status(database).waiting.faults == {"unreachable": 1}

    with mail.open():
        assert sending.send_waiting(database, office(mail), now=later(minutes=21)).sent == 2
    assert raw(database) == []


def test_a_server_that_goes_away_in_the_midst_loses_nothing(database: Database, mail: MailRoom):
    posted(database, PLAIN)
    mail.when_taken = lambda: mail.sessions[0]  # IndexError: the server breaks off with a 500
    assert sending.send_waiting(database, office(mail)).failed == 1

    mail.when_taken = lambda: None
    assert sending.send_waiting(database, office(mail), now=later(minutes=21)).sent == 1
    assert mail.texts == [PLAIN.text]


def test_two_senders_at_once_send_every_letter_once(database: Database, mail: MailRoom):
    posted(database, *(Letter(f"person{number}@example.org", "Hello", "Text") for number in range(12)))
    start = threading.Barrier(3)

    def send() -> None:
        start.wait()
        sending.send_waiting(database, office(mail))

    senders = [threading.Thread(target=send) for _ in range(3)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()

    assert sorted(to for (to,) in mail.recipients) == sorted(f"person{number}@example.org" for number in range(12))
    assert raw(database) == []


def test_while_one_sends_a_letter_no_other_takes_it(database: Database, mail: MailRoom):
    posted(database, PLAIN)
    meanwhile = []
    mail.when_taken = lambda: meanwhile.append(sending.send_waiting(database, office(mail)))

    sending.send_waiting(database, office(mail))

    assert meanwhile == [sending.Sent()]
    assert len(mail.raw) == 1


def test_what_is_not_taken_for_a_week_is_counted_and_neither_tried_nor_lost(database: Database, mail: MailRoom):
    posted(database, PLAIN)
    after = later(days=9)

    assert sending.send_waiting(database, office(mail), now=after) == sending.Sent()
    found = sending.status(database, now=after)
    assert (found.waiting.count, found.given_up.count) == (0, 1)
    assert found.given_up.oldest_on == datetime.now(UTC).date()

    sending.send_again(database, now=after)
    assert sending.send_waiting(database, office(mail), now=after).sent == 1


def test_what_was_given_up_can_be_deleted_and_what_waits_cannot(database: Database):
    posted(database, PLAIN)

    assert sending.drop_given_up(database) == 0
    assert sending.drop_given_up(database, now=later(days=9)) == 1
    assert raw(database) == []


def test_without_a_mail_server_letters_wait(database: Database):
    posted(database, PLAIN)

    assert not can_send(database, Office())
    assert sending.send_waiting(database, Office()) == sending.Sent()
    assert [row["tries"] for row in raw(database)] == [0]


def test_a_demonstration_sends_to_this_machine_alone(database: Database, mail: MailRoom):
    with database.writing() as connection:
        mark(connection, installing.DEMONSTRATION, installing.FINISHED)
    posted(database, PLAIN)
    elsewhere = Office(SecretStr("smtps://mail.example.org"))

    assert not can_send(database, elsewhere)
    assert sending.send_waiting(database, elsewhere) == sending.Sent()
    assert [row["tries"] for row in raw(database)] == [0]
    assert sending.send_waiting(database, office(mail)).sent == 1


def test_a_draft_is_written_in_the_moment_in_which_it_is_sent_and_anew_for_every_try(database: Database):
    mail, made = room(), []

    def reminder(_database: Database, settings, arguments) -> Letter:
        made.append(f"{settings.base_url}/a/secret-{len(made) + 1}")
        return Letter(arguments["to"], "Tell us what you think", made[-1])

    posted(database, Draft("reminder", {"to": PLAIN.to}))
    assert made == []
    assert sending.send_waiting(database, office(mail), {"reminder": reminder}).failed == 1
    assert "secret" not in str(raw(database))

    with mail.open():
        assert sending.send_waiting(database, office(mail), {"reminder": reminder}, later(minutes=21)).sent == 1
    assert mail.texts == ["https://seat.example.org/a/secret-2"]
    assert mail.recipients == [[PLAIN.to]]


def test_a_draft_that_is_not_wanted_any_more_is_deleted_and_not_sent(database: Database, mail: MailRoom):
    posted(database, Draft("reminder", {}))

    sending.send_waiting(database, office(mail), {"reminder": lambda *_: None})

    assert (raw(database), mail.raw) == ([], [])


def test_a_draft_that_cannot_be_made_stays_and_keeps_no_other_from_leaving(database: Database, mail: MailRoom):
    posted(database, Draft("reminder", {"to": "nobody"}), Draft("never heard of", {}), PLAIN)
    makers = {"reminder": lambda _database, _settings, arguments: Letter(arguments["to"], "Hello", "Text")}

    assert sending.send_waiting(database, office(mail), makers) == sending.Sent(1, 2, MailFault.NOT_MADE)
    assert sending.status(database).waiting.faults == {"not-made": 2}


def test_a_row_put_in_the_place_of_another_is_not_sent(database: Database, mail: MailRoom):
    posted(database, PLAIN)
    with database.writing() as connection:
        connection.execute(text("UPDATE letter SET id = 'another'"))

    assert sending.send_waiting(database, office(mail)).fault is MailFault.NOT_MADE
    assert mail.raw == []


def test_a_server_is_signed_in_to_over_encryption_with_its_own_name(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own, its_key = certificate(tmp_path, "localhost", "127.0.0.1")
    options = {"authenticator": accepts, "auth_require_tls": False}
    with room(implicit_tls=server_context(own, its_key), **options).open() as mail:
        given = office(mail, "smtps", sign_in=f"{USER}:p%40ss%3Aword%2F@")
        posted(database, PLAIN)
        assert PASSWORD not in repr(given)
        assert sending.send_waiting(database, given).fault is MailFault.ENCRYPTION

        monkeypatch.setenv("SSL_CERT_FILE", str(own))
        wrong = office(mail, "smtps", sign_in=f"{USER}:wrong@")
        assert sending.send_waiting(database, wrong, now=later(minutes=21)).fault is MailFault.SIGN_IN
        assert sending.send_waiting(database, given, now=later(hours=2)).sent == 1


def test_a_server_elsewhere_that_offers_no_encryption_gets_nothing(
    database: Database, mail: MailRoom, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("app.outgoing.mail.is_loopback", lambda _host: False)
    posted(database, PLAIN)

    assert sending.send_waiting(database, office(mail)).fault is MailFault.ENCRYPTION
    assert mail.raw == []


def test_a_server_elsewhere_is_spoken_to_after_starttls(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    own, its_key = certificate(tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    monkeypatch.setattr("app.outgoing.mail.is_loopback", lambda _host: False)
    with room(tls_context=server_context(own, its_key), require_starttls=True).open() as mail:
        posted(database, PLAIN)
        assert sending.send_waiting(database, office(mail)).sent == 1
        assert mail.sessions[0].ssl is not None
