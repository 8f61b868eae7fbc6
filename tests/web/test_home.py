"""What every page for everybody has, and what the pages about this service say."""

import pytest
from sqlalchemy import text

from tests.site import Page, Site

LEAVE = "a[data-leave]"


def ways_out(page: Page) -> list[str]:
    """Return where the two tools at the top lead, if the script that leaves quickly is there as well."""
    tools = [each.get("href") for each in page.select(f"header a.get-help, header {LEAVE}")]
    return tools if page.select("script[src*='/leave']") else []


@pytest.mark.parametrize("path", ["/privacy", "/accessibility", "/help", "/no/such/page", "/a/nothing/no/such/page"])
def test_help_and_leaving_quickly_stand_on_every_page_that_whoever_answers_reaches(site: Site, path: str):
    assert ways_out(site.visitor().get(path)) == ["/help", "https://www.bbc.co.uk/weather"]


def test_help_and_leaving_quickly_stand_on_what_went_wrong_behind_a_link(site: Site):
    too_large = site.visitor().post(f"{site.begun_link(site.open_round())}/q/S01.a", {"answer": "x" * 200_000})

    assert too_large.status == 413
    assert ways_out(too_large) == ["/help", "https://www.bbc.co.uk/weather"]


def test_pages_for_staff_have_no_button_to_leave_quickly(site: Site):
    assert not site.visitor("lead").get("/rounds").select(LEAVE)
    assert not site.visitor("lead").get("/rounds/nothing").select(LEAVE)


def test_both_pages_for_help_say_that_shift_three_times_leaves(site: Site):
    for path in ("/help", f"{site.link(site.open_round())}/help"):
        assert "You can also press Shift three times." in site.visitor().get(path).said


def test_made_up_data_says_so_in_the_reader_s_language_and_in_english_to_staff(site: Site):
    of = site.open_round()
    with site.database.writing() as connection:
        connection.execute(text("UPDATE round SET made_up = true"))
    link, lead, reader = site.link(of), site.visitor("lead"), site.visitor()
    for each in (lead, reader):
        each.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "cy"

    assert reader.get(link).words(".made-up")[0].startswith("Data wedi’u dyfeisio.")
    assert lead.get(f"/rounds/{of.id}").words(".made-up")[0].startswith("Made-up data.")


@pytest.mark.parametrize(
    "promise",
    [
        "Your link opens your answers until you send them.",
        "We keep a scrambled form of it.",
        "For that we keep your link, locked (encrypted). Only your code and your word together open it.",
        "somebody types in your answers, and sees them.",
        "when two quality checkers visit? Then they may see your answers.",
        "who typed in your answers and who checked them",
        "who you share your answers with, and until when",
    ],
)
def test_the_page_about_privacy_names_what_is_kept_and_who_sees_it(site: Site, promise: str):
    assert promise in site.visitor().get("/privacy").said


def test_an_editor_who_signs_in_begins_with_the_standards(site: Site):
    begun = site.visitor("editor").get("/rounds")
    assert (begun.status, begun.response.headers["Location"]) == (303, "/standards")


@pytest.mark.parametrize(
    "said",
    [
        "Nobody is asked for their name here. Others learn what you said only if you share it yourself.",
        "They are called “look” and “is-this-you”.",
        "When you sign in, there is one more cookie, called “session”.",
        "You are signed out 12 hours after you last used it.",
        "A passkey, an app or a recovery code is kept until you remove it.",
    ],
)
def test_the_page_about_privacy_names_cookies_sessions_and_passkeys_and_how_long_they_are_kept(site: Site, said: str):
    assert said in site.visitor().get("/privacy").said
