"""Letters leave after the page that posted them, and no page waits for or fails with a mail server."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services import sending
from app.services.posting import Letter, post
from app.web.postman import Postman, postman_of
from tests.mail import MailRoom, room
from tests.site import Site, make_site

LETTER = Letter("ann@example.org", "Hello", "Text")


@pytest.fixture
def mail() -> MailRoom:
    return room()


@pytest.fixture
def sending_site(sqlite_files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: MailRoom) -> Iterator[Site]:
    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", f"smtp://127.0.0.1:{mail.port}")
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")
    made = make_site(tmp_path, sqlite_files.new_url())
    yield made
    postman_of(made.app).wait()
    made.close()


def post_one(site: Site) -> None:
    with site.database.writing() as connection:
        post(connection, site.settings.keys(), LETTER)


def waiting(site: Site) -> int:
    postman_of(site.app).wait()
    return sending.status(site.database).waiting.count


def test_a_change_lets_the_letters_leave_and_a_look_at_a_page_does_not(sending_site: Site, mail: MailRoom):
    with mail.open():
        post_one(sending_site)
        sending_site.visitor().get("/")
        assert waiting(sending_site) == 1

        sending_site.visitor("lead")
        assert waiting(sending_site) == 0
    assert mail.texts == ["Text"]


def test_who_answers_by_a_link_lets_no_letter_leave(sending_site: Site, mail: MailRoom):
    post_one(sending_site)
    link = sending_site.link(sending_site.open_round())

    sending_site.visitor().post(f"{link}/is-this-you", {"is_me": "yes"})

    assert waiting(sending_site) == 1
    assert sending.status(sending_site.database).waiting.faults == {}


def test_a_page_does_not_wait_for_the_mail_server(sending_site: Site, mail: MailRoom):
    answered = threading.Event()
    mail.when_taken = lambda: answered.wait(10)
    with mail.open():
        post_one(sending_site)
        sending_site.visitor("lead")
        assert sending.status(sending_site.database).waiting.count == 1
        answered.set()
        assert waiting(sending_site) == 0


def test_a_page_does_not_fail_with_the_mail_server(sending_site: Site):
    post_one(sending_site)

    sending_site.visitor("lead")

    assert waiting(sending_site) == 1
    assert sending.status(sending_site.database).waiting.faults == {"unreachable": 1}


def test_who_wakes_the_postman_while_he_runs_lets_him_run_once_more():
    runs, begun, go_on = [], threading.Event(), threading.Event()

    def send() -> None:
        runs.append(1)
        begun.set()
        assert go_on.wait(10)
        if len(runs) == 1:
            raise RuntimeError("what went wrong once does not stop him")

    postman = Postman(send)
    postman.wake()
    assert begun.wait(10)
    postman.wake()
    postman.wake()
    go_on.set()
    postman.wait()

    assert len(runs) == 2


def test_a_server_sends_by_itself_what_could_not_leave_before(sending_site: Site, mail: MailRoom):
    taken = threading.Event()
    mail.when_taken = taken.set
    post_one(sending_site)
    with mail.open():
        postman_of(sending_site.app).go_round()
        assert taken.wait(10)
        assert waiting(sending_site) == 0
