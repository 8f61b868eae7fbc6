"""What whoever answers finds out about what is kept of them: on a page, and in a file."""

import json

import pytest

from app.responses import AnsweredHow, Consent, ConsentGiven, Help, HowLong, Support, Supporter
from app.services import answering, sharing
from app.services.coming_back import choose_word
from app.services.sharing import SharedWith
from app.storage.tables import response
from app.surveys import Edition
from tests.days import TODAY
from tests.site import Page, Site, Visitor
from tests.whole_app.test_pages import respondent_pages

IN_THE_FILE = {
    "audience": "audience", "edition": "edition", "language": "language", "answered_how": "answered_how",
    "state": "state", "answers": "answers", "translated": "answers", "submitted_on": "sent_in", "support": "support",
    "consent": "consent", "own_word": "locked_with_a_word", "entered_by": "typed_in_from_paper",
    "checked_by": "checked_by_a_second_person",
}  # fmt: skip
WHERE_IT_STANDS = {"provider_id", "id", "round_id"}


def answered(site: Site) -> tuple[str, Visitor]:
    """Return a link behind which everything was said that can be said, and the browser in which it was."""
    path, visitor = site.begun(site.open_round(), Edition.EASY_READ)
    token = path.removeprefix("/a/")
    answering.record_consent(site.database, token, Consent(ConsentGiven.SPOKEN, Supporter.FRIEND))
    support = Support(frozenset({Supporter.ADVOCATE}), frozenset({Help.READ}))
    answering.record_answered_how(site.database, token, AnsweredHow.HELPED, support)
    answering.record_answer(site.database, token, "S01.a", "sometimes")
    return path, visitor


def rows(page: Page) -> dict[str, str]:
    return dict(zip(page.words("main dt"), page.words("main dd"), strict=True))


def test_the_page_says_all_of_it_in_plain_words(site: Site):
    path, visitor = answered(site)
    before = rows(visitor.get(f"{path}/everything"))
    answering.submit(site.database, path.removeprefix("/a/"), TODAY)
    choose_word(site.database, site.settings.hash_key(), path.removeprefix("/a/"), "blue dog")
    sharing.share(site.database, path.removeprefix("/a/"), SharedWith.CIRCLE, HowLong.A_WEEK, TODAY)
    after = rows(visitor.post(f"{path}/everything", {"is_me": "yes", "own_word": "blue dog"}))

    assert before["When I sent them"] == "You have not sent them yet."
    assert before["My own word"] == "I have no word."
    assert before["How I said yes"] == "I said yes out loud, or showed it A friend"
    assert before["Who answered"] == "Someone helps me An advocate They read it to me"
    assert after["My answers"] == "1 answer"
    assert after["When I sent them"].startswith(f"{TODAY:%B %Y}")
    assert after["How I read"] == "Easy Read"
    assert after["My own word"].startswith("A scrambled form")
    assert after["Who can see my answers by a link"].startswith("My circle, until ")


def test_the_file_holds_every_column_that_is_kept_and_nothing_that_finds_the_answers(site: Site):
    path, visitor = answered(site)
    taken = visitor.get(f"{path}/everything.json")
    kept = json.loads(taken.text)

    assert taken.response.headers["Content-Disposition"].startswith("attachment")
    assert taken.response.headers["Cache-Control"] == "no-store"
    assert {each.name for each in response.columns} - WHERE_IT_STANDS == set(IN_THE_FILE)
    assert set(IN_THE_FILE.values()) <= set(kept)
    assert kept["answers"] == [
        {"question": "S01.a", "asked": "Was your support made just for you?", "answer": "sometimes", "read_in": "en"}
    ]
    assert kept["support"] == {"why": None, "who": ["advocate"], "ways": ["read"], "known": []}
    assert path.removeprefix("/a/") not in taken.text


@pytest.mark.parametrize("what", ["everything", "everything.json"])
def test_a_device_that_does_not_know_them_shows_nothing_of_it(site: Site, what: str):
    path, _ = answered(site)
    stranger = site.visitor().get(f"{path}/{what}")
    assert "Is this you?" in stranger.said
    assert "advocate" not in stranger.text

    answering.submit(site.database, path.removeprefix("/a/"), TODAY)
    assert "advocate" not in site.visitor().post(f"{path}/{what}", {"is_me": "yes"}).text


def test_where_nothing_is_kept_it_says_so_or_begins(site: Site):
    path, visitor = answered(site)
    assert visitor.get(f"{site.link(site.open_round())}/everything").status == 303

    answering.withdraw(site.database, path.removeprefix("/a/"))
    gone = visitor.get(f"{path}/everything")
    assert gone.words("h1") == visitor.get(path).words("h1")
    assert not gone.select("dl")


def test_every_page_of_answering_leads_to_privacy_and_from_there_to_the_copy_and_to_taking_back(site: Site):
    without = []
    for name, page in respondent_pages(site).items():
        (privacy,) = (each.get("href") for each in page.select("footer a") if "rivacy" in each.get("href"))
        token = page.response.request.path.split("/")[2] if page.response.request.path.startswith("/a/") else ""
        if page.status == 200 and token and not privacy.startswith(f"/a/{token}/privacy"):
            without.append(name)
    assert without == []

    path, visitor = answered(site)
    offered = [each.get("href") for each in visitor.get(f"{path}/privacy").select("main a")]
    assert {f"{path}/everything", f"{path}/withdraw"} <= set(offered)


def test_it_is_there_in_welsh(site: Site):
    site.language = "cy"
    path, visitor = answered(site)
    assert visitor.get(f"{path}/everything").select("html[lang=cy]")
