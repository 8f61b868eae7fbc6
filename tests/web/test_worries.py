"""Help, and telling somebody about a worry, as whoever holds a link sees it."""

import re

import pytest
from sqlalchemy import text

from app.organisations import Contact, ContactKind
from app.responses import Round
from app.services import concerns, contacts
from app.services.closing import close_round
from app.services.concerns import MOST_A_DAY
from app.services.organising import add_provider
from app.services.rounds import open_round
from app.storage.keys import new_id
from app.surveys import Edition
from app.web.context import today
from tests.days import TODAY
from tests.site import SURVEY, Page, Site, Visitor

WORDS = "He shouts at night <script>alert(1)</script> & “hits”"
REFERENCE = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}")


@pytest.fixture
def of(site: Site) -> Round:
    return site.open_round()


@pytest.fixture
def link(site: Site, of: Round) -> str:
    return site.link(of)


def held(page: Page) -> dict[str, str]:
    """Return what a page's form would post, without what is ticked."""
    fields = {each.get("name"): each.get("value") for each in page.select("#page-form input") if each.get("name")}
    typed = {each.get("name"): (each.text or "").removeprefix("\n") for each in page.select("#page-form textarea")}
    ticked = {each.get("name"): each.get("value") for each in page.select("#page-form input[checked]")}
    return {**{name: value or "" for name, value in fields.items() if name != "in_danger"}, **typed, **ticked}


def send(visitor: Visitor, link: str, **more: str) -> Page:
    form = held(visitor.get(f"{link}/worry"))
    return visitor.post(f"{link}/worry", {**form, "words": WORDS, **more})


def kept(site: Site) -> int:
    with site.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM concern")).scalar_one())


def test_help_shows_whom_to_call_with_links_that_call(site: Site, link: str):
    contacts.add_contact(
        site.database, Contact(new_id(), site.network.id, ContactKind.ADVOCACY, "Speak Up", "01632 960 002", "Monday.")
    )

    page = site.visitor().get(f"{link}/help")

    calls = {each.get("href") for each in page.select("a.help-number")}
    assert calls == {"tel:999", "tel:01632960001", "tel:01632960002", "tel:116123", "tel:111"}
    assert page.select("a[href*='/worry']")
    assert "Speak Up" in page.said
    assert "advocate" in page.said
    (leave,) = page.select("a[href^='https:']")
    assert leave.get("rel") == "noreferrer nofollow"


def test_help_says_plainly_that_nobody_is_named_and_whom_to_call(site: Site, of: Round):
    with site.database.writing() as connection:
        connection.execute(text("UPDATE round SET safeguarding_contact_id = NULL"))
    link = site.link(of)

    page = site.visitor().get(f"{link}/help")

    assert "Nobody is named here" in page.said
    assert not page.select("a[href*='/worry']")
    assert site.visitor().get(f"{link}/worry").response.headers["Location"].endswith("/help?edition=standard")


def test_without_the_numbers_of_the_united_kingdom_only_what_the_network_gives_is_shown(site: Site, link: str):
    settings = site.app.extensions["driving_seat_settings"]
    site.app.extensions["driving_seat_settings"] = settings.model_copy(update={"uk_help_numbers": False})

    for path in ("/help", "/worry"):
        page = site.visitor().get(f"{link}{path}")
        assert "999" not in page.said
        assert "116 123" not in page.said
        assert not page.select("a[href='tel:999']")
        assert "emergency number" in page.said


def test_help_is_there_before_during_and_after_answering_and_asks_nobody_who_they_are(site: Site):
    of = site.open_round()
    for link in (site.link(of), site.begun_link(of, Edition.EASY_READ)):
        assert site.visitor().get(f"{link}/help").status == 200
        assert site.visitor().get(f"{link}/worry").status == 200
    close_round(site.database, of.id, TODAY)
    assert REFERENCE.search(send(site.visitor(), link).said)
    assert site.visitor().get("/a/nothing/help").status == 404
    assert site.visitor().post("/a/nothing/worry", {"words": "x"}).status == 404


def test_what_happens_and_what_does_not_is_said_before_the_box_for_words(site: Site, link: str):
    said = site.visitor().get(f"{link}/worry").said

    before, _, _ = said.partition("What are you worried about?")
    for words in (
        "Jo Bell will read",
        "Works for the council.",
        "does not work for Bramble Way Support",
        "not for emergencies",
        "call 999",
        "cannot say how soon",
        "do not see it here",
        "tell others",
        "We do not know who you are",
        "not anonymous if you write names",
        "cannot answer you here",
    ):
        assert words in before


def test_working_days_are_promised_only_where_the_contact_promises_them(site: Site, of: Round, link: str):
    account_id = contacts.account_for(site.database, site.network.id, site.people["safeguarding"])
    for days, words in ((1, "within 1 working day."), (3, "within 3 working days.")):
        contacts.change_contact(
            site.database,
            Contact(
                site.contact.id, site.network.id, ContactKind.SAFEGUARDING, "Jo", "999", "Council.", account_id, days
            ),
        )
        page = site.visitor().get(f"{link}/worry")
        assert words in page.said
        assert "cannot say how soon" not in page.said


def test_a_worry_is_sent_and_answered_with_a_number_that_the_contact_sees(site: Site, link: str):
    page = send(site.visitor(), link, reach="Ring my sister")

    assert page.status == 200
    (reference,) = page.words(".receipt")
    assert WORDS not in page.text
    reader = site.visitor("safeguarding")
    assert reference in reader.get("/concerns").said


def test_the_address_of_the_sent_page_and_its_title_hold_nothing_that_was_told(site: Site, link: str):
    page = send(site.visitor(), link)

    assert page.response.request.path == f"{link}/worry"
    assert page.response.request.query_string == b""
    assert "shouts" not in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_nothing_written_is_told_in_words_and_keeps_what_was_typed(site: Site, link: str):
    page = send(site.visitor(), link, words=" ", reach="Ring <my> sister", in_danger="no")

    assert page.status == 422
    assert "Write what you are worried about" in page.said
    assert page.title.startswith("Error: ")
    assert held(page)["reach"] == "Ring <my> sister"
    assert held(page)["in_danger"] == "no"


def test_too_many_words_are_told_in_words_and_kept(site: Site, link: str):
    page = send(site.visitor(), link, words="x" * 4001, reach="y" * 201)

    assert page.status == 422
    assert "at most 4000 letters" in page.said
    assert "at most 200 letters" in page.said
    assert held(page)["words"] == "x" * 4001
    assert kept(site) == 0


def test_in_danger_shows_whom_to_call_first_and_then_sends(site: Site, link: str):
    visitor = site.visitor()

    first = send(visitor, link, in_danger="yes")

    assert kept(site) == 0
    assert first.said.index("Call 999") < first.said.index("What are you worried about?")
    assert "has not been sent yet" in first.said
    assert held(first)["words"] == WORDS
    sent = visitor.post(f"{link}/worry", held(first))
    assert kept(site) == 1
    assert sent.said.index("Call 999") < sent.said.index("What happens next")


def test_in_danger_and_nothing_written_shows_whom_to_call_too(site: Site, link: str):
    page = send(site.visitor(), link, in_danger="yes", words="")

    assert page.status == 422
    assert page.said.index("Call 999") < page.said.index("What are you worried about?")


def test_sending_twice_keeps_one(site: Site, link: str):
    visitor = site.visitor()
    form = {**held(visitor.get(f"{link}/worry")), "words": WORDS}

    pages = [visitor.post(f"{link}/worry", form) for _ in range(2)]

    assert kept(site) == 1
    assert pages[0].words(".receipt") == pages[1].words(".receipt")


def test_going_back_and_writing_more_is_not_lost(site: Site, link: str):
    visitor = site.visitor()
    form = held(visitor.get(f"{link}/worry"))

    visitor.post(f"{link}/worry", {**form, "words": "First"})
    visitor.post(f"{link}/worry", {**form, "words": "First, and more"})

    assert kept(site) == 2


@pytest.mark.parametrize("switch", ["size:largest", "theme:dark", "pictures:off", "edition:easy-read", "language:cy"])
@pytest.mark.parametrize("has_begun", [False, True])
def test_changing_how_the_page_looks_keeps_what_was_typed_and_sends_nothing(
    site: Site, of: Round, switch: str, has_begun: bool
):
    link, visitor = site.begun(of) if has_begun else (site.link(of), site.visitor())
    form = {**held(visitor.get(f"{link}/worry")), "words": WORDS, "reach": "Ring me", "in_danger": "not-sure"}

    page = visitor.post(f"{link}/worry", {**form, "switch": switch})

    assert page.status == 200
    shown = held(page)
    assert shown.pop("edition") == ("easy-read" if switch == "edition:easy-read" else form.pop("edition"))
    form.pop("edition", None)
    assert shown == form
    assert kept(site) == 0
    assert not page.select(".govuk-error-message")


def test_changing_how_the_sent_page_looks_keeps_its_number_and_sends_nothing_more(site: Site, link: str):
    visitor = site.visitor()
    sent = send(visitor, link)

    again = visitor.post(f"{link}/worry", {**held(sent), "switch": "theme:dark"})

    assert again.words(".receipt") == sent.words(".receipt")
    assert kept(site) == 1


def test_a_made_up_number_is_not_shown_on_the_sent_page(site: Site, link: str):
    page = site.visitor().post(f"{link}/worry", {"sent": "<b>x</b>", "switch": "theme:dark"})

    assert "<b>x</b>" not in page.text
    assert not page.words(".receipt")


def test_help_can_be_looked_at_in_another_way_too(site: Site, link: str):
    assert site.visitor().post(f"{link}/help", {"switch": "theme:dark"}).select("html.theme-dark")


def test_when_somebody_else_reads_it_now_the_page_says_so_before_it_is_sent(site: Site, link: str):
    page = send(site.visitor(), link, reader="somebody-else")

    assert page.status == 409
    assert "who reads this has changed. It is Jo Bell now" in page.said
    assert kept(site) == 0
    again = site.visitor().post(f"{link}/worry", held(page))
    assert again.status == 200
    assert kept(site) == 1


def test_when_nobody_takes_it_any_more_the_words_stay_to_be_read_out(site: Site, of: Round, link: str):
    visitor = site.visitor()
    form = held(visitor.get(f"{link}/worry"))
    with site.database.writing() as connection:
        connection.execute(text("UPDATE round SET safeguarding_contact_id = NULL"))

    page = visitor.post(f"{link}/worry", {**form, "words": WORDS})

    assert page.status == 409
    assert held(page)["words"] == WORDS
    assert page.select("a[href='tel:999']")
    assert not page.select("#page-form button.govuk-button")


def test_too_many_in_a_day_are_answered_with_numbers_to_call(site: Site, of: Round, link: str):
    for number in range(MOST_A_DAY):
        site.tell(of, f"Number {number}")
    with site.database.writing() as connection:
        connection.execute(text("UPDATE concern SET raised_on = :today"), {"today": today().isoformat()})

    page = send(site.visitor(), link)

    assert page.status == 409
    assert "Many worries came in today" in page.said
    assert page.select("a[href='tel:116123']")
    assert held(page)["words"] == WORDS
    assert kept(site) == MOST_A_DAY


def test_a_round_without_a_network_still_has_numbers(site: Site):
    alone = add_provider(site.database, "Alone")
    link = site.link(open_round(site.database, alone.id, SURVEY, on=TODAY))

    page = site.visitor().get(f"{link}/help")

    assert page.select("a[href='tel:999']")
    assert "Nobody is named here" in page.said
    assert concerns.safeguarding_contact(site.database, site.open_round()) is not None


def test_an_edition_chosen_on_the_page_stays_through_the_next_change_and_the_links(site: Site, link: str):
    visitor = site.visitor()
    page = visitor.get(f"{link}/worry?edition=standard")
    for switch in ("edition:easy-read", "theme:dark"):
        (form,) = page.select("#page-form")
        page = visitor.post(form.get("action"), {**held(page), "switch": switch})

    assert page.select("html.easy-read.theme-dark")
    assert page.select(f"a[href='{link}/help?edition=easy-read']")
