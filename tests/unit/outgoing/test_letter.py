"""A letter says what it says to whom it is meant, whatever somebody typed."""

from datetime import UTC, datetime

import pytest

from app.errors import Invalid
from app.outgoing import Letter, MailServer

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def sent(letter: Letter) -> bytes:
    return letter.as_message("Driving Seat <seat@example.org>", AT).as_bytes()


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("ann@example.org\r\nBcc: eve@example.org", "Hello"),
        ("ann@example.org, eve@example.org", "Hello"),
        ("Ann <ann@example.org>", "Hello"),
        ("ann@example.org\n", "Hello"),
        ("ann@example.org\0", "Hello"),
        ("ann", "Hello"),
        ("", "Hello"),
        ("ann@example.org", "Hello\r\nBcc: eve@example.org"),
        ("ann@example.org", "Hello\nthere"),
        ("ann@example.org", "Hello\x0bthere"),
        ("ann@example.org", "Hello\u2028there"),
        ("ann@example.org", " "),
        ("ann@example.org", "x" * 201),
    ],
)
def test_neither_an_address_nor_a_subject_can_hold_another_line(to: str, subject: str):
    with pytest.raises(Invalid):
        Letter(to, subject, "Text")


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "x" * 20_001])
def test_a_text_that_says_nothing_or_is_no_text_is_refused(text: str):
    with pytest.raises(Invalid):
        Letter("ann@example.org", "Hello", text)


def test_a_letter_names_its_sender_its_reader_and_no_machine():
    message = Letter("ann@example.org", "Hello", "Text").as_message("Driving Seat <seat@example.org>", AT)

    assert (message["From"], message["To"]) == ("Driving Seat <seat@example.org>", "ann@example.org")
    assert message["Date"] == "Sat, 21 Nov 2026 09:30:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    assert {name.lower() for name in message} == {
        "from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type",
        "content-transfer-encoding",
    }  # fmt: skip


def test_what_looks_like_a_header_in_the_text_stays_text():
    raw = sent(Letter("ann@example.org", "Hello", "\r\n\r\nBcc: eve@example.org\n.\nText"))

    head, _, _ = raw.partition(b"\r\n\r\n")
    assert b"Bcc" not in head


def test_no_line_is_longer_than_mail_allows():
    link = "https://example.org/" + "a" * 900
    raw = sent(Letter("ann@example.org", "ŵ" * 200, f"Cliciwch ar y ddolen hon: {link}\n" + "ŷ" * 2000))

    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert all(byte < 128 for byte in raw)


def test_a_domain_in_other_letters_is_written_as_mail_servers_know_it():
    assert b"To: ann@xn--t-foa.example.org" in sent(Letter("ann@tŷ.example.org", "Hello", "Text"))


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("smtps://u:p%40w@mail.example.org", MailServer("mail.example.org", 465, True, "u", "p@w")),
        ("smtp://mail.example.org", MailServer("mail.example.org", 587, False)),
        ("smtp://127.0.0.1:2525/", MailServer("127.0.0.1", 2525, False)),
    ],
)
def test_a_mail_server_is_known_by_its_address(url: str, found: MailServer):
    assert MailServer.at(url) == found
    assert "p@w" not in repr(found)


@pytest.mark.parametrize(
    "url",
    ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://h:x", "smtp://h/x", "smtp://h?x=y", "smtp://[h"],
)
def test_what_is_no_mail_server_is_refused_without_being_repeated(url: str):
    with pytest.raises(Invalid) as refused:
        MailServer.at(url.replace("://", "://u:s3cret@"))
    assert "s3cret" not in str(refused.value)
