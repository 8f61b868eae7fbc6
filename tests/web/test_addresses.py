"""A lead asks people by e-mail, and whoever got a letter can stop them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text, update
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.responses import Round
from app.services import answering
from app.services.closing import close_round
from app.storage.tables import address_list
from app.surveys import Edition
from app.web.postman import postman_of
from tests.mail import MailRoom, room
from tests.site import CSRF, Page, Site, Visitor, make_site

LIST = {"audience": "person", "language": "en", "pasted": "ann@example.org\nbo@example.org\ncai@example.org"}


@pytest.fixture
def mail() -> Iterator[MailRoom]:
    with room().open() as opened:
        yield opened


@pytest.fixture
def posting(sqlite_files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: MailRoom) -> Iterator[Site]:
    """A site whose letters leave, for a mail server on this machine."""
    monkeypatch.setenv("DRIVING_SEAT_MAIL_SERVER", f"smtp://127.0.0.1:{mail.port}")
    monkeypatch.setenv("DRIVING_SEAT_MAIL_FROM", "seat@example.org")
    made = make_site(tmp_path, sqlite_files.new_url())
    yield made
    postman_of(made.app).wait()
    made.close()


@pytest.fixture
def of(posting: Site) -> Round:
    return posting.open_round()


@pytest.fixture
def path(of: Round) -> str:
    return f"/rounds/{of.id}/addresses"


@pytest.fixture
def lead(posting: Site) -> Visitor:
    return posting.visitor("lead")


def hidden(page: Page) -> dict[str, str]:
    """Return what the form of the page before sending sends back."""
    fields = {each.get("name"): each.get("value") for each in page.select("main form input[type=hidden]")}
    return {name: value for name, value in fields.items() if name}


def ask(lead: Visitor, path: str, **more: str) -> Page:
    looked = lead.fill_in(path, {**LIST, **more})
    assert looked.status == 200, looked.said
    return lead.post(f"{path}/ask", hidden(looked))


def letters(site: Site, mail: MailRoom) -> list[str]:
    postman_of(site.app).wait()
    return mail.texts


def file_of(content: bytes, name: str = "list.csv") -> dict[str, object]:
    return {**LIST, "pasted": "", "file": FileStorage(BytesIO(content), name)}


def give(lead: Visitor, path: str, form: Mapping[str, object]) -> Page:
    """Send the list, as a browser does."""
    token = CSRF.search(lead.get(path).text)
    boundary, body = encode_multipart({"csrf_token": token[1] if token else "", **form})
    return Page(lead.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}"))


def test_a_lead_looks_at_the_list_and_at_the_letter_and_then_sends_it(
    posting: Site, mail: MailRoom, lead: Visitor, path: str
):
    page = lead.fill_in(path, LIST)

    assert page.title.startswith("Send 3 letters?")
    assert page.words("li.address") == ["ann@example.org", "bo@example.org", "cai@example.org"]
    assert "Bramble Way Support wants to know" in page.words(".letter")[0]
    assert "last time that you see these addresses" in page.said
    assert letters(posting, mail) == []

    sent = lead.post(f"{path}/ask", hidden(page))
    assert sent.response.headers["Location"] == f"{path}?done=asked"
    assert len(letters(posting, mail)) == 3
    shown = lead.get(f"{path}?done=asked")
    assert "on their way" in shown.said
    assert "fewer than 5" in shown.said
    assert "example.org" not in shown.text


def test_the_link_in_a_letter_opens_the_questions(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    ask(lead, path)
    link = re.findall(r"https?://\S+(/a/\S+)", letters(posting, mail)[0])[0]

    assert posting.visitor().get(link).status == 200


def test_a_form_that_is_sent_twice_asks_once(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    form = hidden(lead.fill_in(path, LIST))

    assert lead.post(f"{path}/ask", form).response.headers["Location"].endswith("?done=asked")
    assert lead.post(f"{path}/ask", form).response.headers["Location"].endswith("?done=known")
    assert len(letters(posting, mail)) == 3
    again = lead.fill_in(path, LIST)
    assert again.title.startswith("There is nobody new to ask")
    assert "3 lines have addresses that were asked before" in again.said


def test_the_first_five_of_many_are_shown(lead: Visitor, path: str):
    page = lead.fill_in(path, {**LIST, "pasted": "\n".join(f"person{number}@example.org" for number in range(1000))})

    assert len(page.words("li.address")) == 5
    assert "and 995 more" in page.said
    assert lead.post(f"{path}/ask", hidden(page)).status == 303


def test_a_workbook_is_read_and_each_line_may_have_its_language(
    posting: Site, mail: MailRoom, lead: Visitor, path: str
):
    book, stream = openpyxl.Workbook(), BytesIO()
    for row in (["Name", "E-mail", "Language"], ["Ann", "ann@example.org", ""], ["Mair", "mair@example.org", "cy"]):
        book.worksheets[0].append(row)
    book.save(stream)

    page = give(lead, path, file_of(stream.getvalue(), "list.xlsx"))

    assert page.title.startswith("Send 2 letters?")
    assert page.words("li.address") == ["ann@example.org (English)", "mair@example.org (Cymraeg)"]
    assert [each.get("lang") for each in page.select(".letter")] == ["en", "cy"]


def test_lines_with_the_same_address_are_told_and_asked_about(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    page = lead.fill_in(path, {**LIST, "pasted": "home@example.org\nann@example.org\nHome@example.org"})
    assert page.title.startswith("Send 2 letters?")
    assert "1 more line has an address that stands in the list already" in page.said

    lead.post(f"{path}/ask", {**hidden(page), "each_line": "y"})
    assert len(letters(posting, mail)) == 3


def test_windows_letters_are_told(lead: Visitor, path: str):
    page = give(lead, path, file_of("name,email\nSiân,sian@example.org\n".encode("cp1252")))

    assert "not in UTF-8" in page.said


def test_every_fault_is_named_with_its_place_and_what_was_typed_stays(
    posting: Site, mail: MailRoom, lead: Visitor, path: str
):
    page = lead.fill_in(path, {**LIST, "pasted": "ann@example.org\nbo\nbo@example.org, fr"})

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.words("#faults + ul li") == [
        "line 2: This is not an e-mail address.",
        "line 3: The language is one of: en, cy.",
    ]
    assert page.words("textarea[name=pasted]") == ["ann@example.org bo bo@example.org, fr"]
    assert letters(posting, mail) == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({**LIST, "pasted": ""}, "Paste the addresses, or choose a file with them."),
        ({**LIST, "pasted": "E-mail"}, "There is no address in this list."),
        ({**LIST, "audience": "provider"}, "Choose who the letters are for"),
        ({**LIST, "audience": ""}, "Choose who the letters are for"),
        ({**LIST, "language": "fr"}, "Choose the language of the letter"),
        ({**LIST, "file": FileStorage(BytesIO(b"email\n"), "a.csv")}, "Not both"),
        (file_of(b"name,telephone\nAnn,1\n"), "list.csv:1:1: no column is called"),
        (file_of(b"", "home/ann/list.csv"), "right list.csv:1:1: this file is empty"),
        (file_of(b"PK\3\4nothing", "list.xlsx"), "this workbook is broken"),
        (file_of(b"x" * 1_000_001), "larger than 1 MB"),
        (file_of(b"email\n=cmd|' /C calc'!A0\n"), "list.csv:2:1: This is not an e-mail address."),
    ],
)
def test_what_cannot_be_is_told_in_words(lead: Visitor, path: str, form: dict[str, object], said: str):
    page = give(lead, path, form)

    assert page.status == 422
    assert said in page.said


def test_what_is_far_too_large_is_refused_before_it_is_read(lead: Visitor, path: str):
    assert give(lead, path, file_of(b"x" * 3_000_000)).status == 413


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"people": "ann@example.org fr"}, 422),
        ({"people": "ann"}, 422),
        ({"people": ""}, 422),
        ({"audience": "provider"}, 422),
        ({"audience": "everybody"}, 422),
        ({"csrf_token": "x"}, 400),
    ],
)
def test_a_forged_form_asks_nobody(
    posting: Site, mail: MailRoom, lead: Visitor, path: str, change: dict[str, str], status: int
):
    form = hidden(lead.fill_in(path, LIST))

    assert lead.post(f"{path}/ask", {**form, **change}).status == status
    assert letters(posting, mail) == []


def test_a_reminder_goes_after_a_week_to_everybody_alike(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    ask(lead, path)
    early = lead.get(path)
    assert "the next reminder can go on" in early.said
    assert early.select(f"form[action='{path}/remind']") == []
    tokens = re.findall(r"/a/(\S+)", "\n".join(letters(posting, mail)))
    answering.start(posting.database, tokens[0], Edition.STANDARD, "en")
    a_week_passes(posting)
    mail.raw.clear()

    form = {"audience": "person", "reminders": "0"}
    assert lead.fill_in(path, form, f"{path}/remind").response.headers["Location"] == f"{path}?done=reminded"

    assert len(letters(posting, mail)) == 3
    assert not any("/a/" in said for said in mail.texts)
    again = lead.fill_in(path, form, f"{path}/remind")
    assert (again.status, "It goes once" in again.said) == (409, True)


def a_week_passes(site: Site) -> None:
    with site.database.writing() as connection:
        connection.execute(update(address_list).values(written_on=date.today() - timedelta(days=7)))


def test_taking_an_address_off_says_the_same_whether_it_was_there(lead: Visitor, path: str):
    ask(lead, path)
    said = []
    for address in ("ann@example.org", "ann@example.org", "nobody@example.org"):
        done = lead.fill_in(path, {"address": address}, f"{path}/take-off")
        said.append(lead.get(done.response.headers["Location"]).said)

    assert len(set(said)) == 1
    wrong = lead.fill_in(path, {"address": "ann"}, f"{path}/take-off")
    assert (wrong.status, "This is not an e-mail address." in wrong.said) == (422, True)


def test_two_leads_see_each_other_s_letters(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    other = posting.visitor("lead")
    form, same = hidden(lead.fill_in(path, LIST)), hidden(other.fill_in(path, LIST))

    lead.post(f"{path}/ask", form)
    late = other.post(f"{path}/ask", same)

    assert "had been asked before" in other.get(late.response.headers["Location"]).said
    assert len(letters(posting, mail)) == 3


def test_a_lead_of_another_provider_sees_and_does_nothing(posting: Site, path: str):
    stranger = posting.visitor("other lead")

    assert stranger.get(path).status == 404
    for action in ("", "/ask", "/remind", "/take-off"):
        assert (
            stranger.fill_in("/rounds/new", {**LIST, "people": "ann@example.org en"}, f"{path}{action}").status == 404
        )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_list_can_be_fetched(lead: Visitor, path: str, kind: str):
    page = lead.get(f"{path}/template.{kind}")

    assert page.status == 200
    assert f'filename="addresses.{kind}"' in page.response.headers["Content-Disposition"]


def test_where_no_letter_leaves_the_pages_say_what_is_missing(site: Site):
    of, lead = site.open_round(), site.visitor("lead")
    path = f"/rounds/{of.id}/addresses"

    for page in (lead.get(path), lead.get(f"/rounds/{of.id}")):
        assert "there is no mail server" in page.said
        assert page.select(f"a[href='/rounds/{of.id}#invite']")
    refused = lead.fill_in(f"/rounds/{of.id}", LIST, path)
    assert (refused.status, "No letter can leave here" in refused.said) == (409, True)


def test_a_round_that_closed_asks_nobody(posting: Site, mail: MailRoom, of: Round, lead: Visitor, path: str):
    form = hidden(lead.fill_in(path, LIST))
    ask(lead, path)
    letters(posting, mail)
    close_round(posting.database, of.id, date.today())

    assert lead.get(path).response.headers["Location"] == f"/rounds/{of.id}"
    late = lead.post(f"{path}/ask", form)
    assert (late.status, "This round has closed" in late.said) == (409, True)
    with posting.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM round_address")).scalar() == 0


def test_loading_the_address_of_a_form_again_leads_back(lead: Visitor, path: str):
    for action in ("ask", "remind", "take-off"):
        assert lead.get(f"{path}/{action}").response.headers["Location"] == path


def test_whoever_has_a_letter_can_stop_them_by_a_button_alone(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    ask(lead, path)
    link = re.findall(r"https?://\S+(/stop/\S+)", letters(posting, mail)[0])[0]
    anybody = posting.visitor()

    asked = anybody.get(link)
    assert asked.words("main button") == ["No more letters, please"]
    assert addresses_in(posting) == 3
    for _ in range(2):
        stopped = anybody.post(link)
        assert (stopped.status, "We will not write again" in stopped.said) == (200, True)
    assert addresses_in(posting) == 2
    for header, value in {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}.items():
        assert asked.response.headers[header] == value


def addresses_in(site: Site) -> int:
    with site.database.reading() as connection:
        found = connection.execute(text("SELECT count(*) FROM round_address WHERE sealed <> ''")).scalar()
    return found or 0


def test_a_link_to_stop_says_the_same_to_everybody(posting: Site, mail: MailRoom, lead: Visitor, path: str):
    ask(lead, path)
    link = re.findall(r"https?://\S+(/stop/\S+)", letters(posting, mail)[0])[0]
    anybody = posting.visitor()

    assert anybody.get(link).said == anybody.get("/stop/nothing").said
    assert anybody.post(link).said == anybody.post("/stop/nothing").said


def test_nothing_that_is_logged_names_an_address(
    posting: Site, mail: MailRoom, lead: Visitor, path: str, capfd: pytest.CaptureFixture[str]
):
    ask(lead, path)
    lead.fill_in(path, {**LIST, "pasted": "ann@example.org\nbo"})
    lead.fill_in(path, {"address": "ann@example.org"}, f"{path}/take-off")
    letters(posting, mail)

    said = capfd.readouterr()
    assert "example.org" not in said.out + said.err
