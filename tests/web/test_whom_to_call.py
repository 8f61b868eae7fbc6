"""Whom to call: one list, laid out by pages with a link, pages for everybody, the tablet and the booklet."""

import json

import pytest

from app.organisations import Contact, ContactKind
from app.services import contacts
from app.services.booklets import booklet_of
from app.standards import Audience
from app.storage.keys import new_id
from app.surveys import Edition
from app.web.paper.printing import booklet_pdf
from app.web.whom_to_call import Section, help_sections
from tests.pdf_reading import texts_of
from tests.site import TABLET, Page, Site

UK = {"999", "111", "116 123"}
OF_THE_TABLET = {"X-Tablet": TABLET}


def contact(kind: str, name: str, **more) -> Contact:
    return Contact(name, "network", ContactKind(kind), name, "01632 960 002", **more)


def numbers(sections: tuple[Section, ...]) -> set[str]:
    return {call.phone for section in sections for call in section.calls}


def called(page: Page) -> set[str]:
    return {each.get("href").removeprefix("tel:") for each in page.select("a[href^='tel:']")}


@pytest.fixture
def without_uk(site: Site) -> Site:
    settings = site.app.extensions["driving_seat_settings"]
    site.app.extensions["driving_seat_settings"] = settings.model_copy(update={"uk_help_numbers": False})
    return site


def test_each_contact_stands_where_its_kind_is_needed():
    own = [contact(kind, kind.title()) for kind in ContactKind]

    placed = {each.id: [call.name for call in each.calls] for each in help_sections(own, "en", shows_uk=True)}

    assert placed == {
        "danger": ["", "Emergency"],
        "hurt": ["Safeguarding"],
        "others": ["Help", "Advocacy", "Samaritans", "NHS 111"],
    }


def test_without_the_numbers_of_the_united_kingdom_nothing_is_left_of_them():
    sections = help_sections([contact("help", "Helpline")], "en", shows_uk=False)

    assert numbers(sections) == {"01632 960 002"}
    assert "council" not in str(sections)
    assert "999" not in str(sections)
    assert sections[0].advice == ("Call the emergency number of the country where you are.",)


def test_a_network_s_own_emergency_number_stands_in_place_of_the_advice_to_look_for_one():
    in_danger = help_sections([contact("emergency", "Night line")], "en", shows_uk=False)[0]

    assert in_danger.advice == ()
    assert [each.name for each in in_danger.calls] == ["Night line"]


def test_a_section_that_says_nothing_is_not_there():
    assert [each.id for each in help_sections([], "en", shows_uk=False)] == ["danger", "hurt"]


def test_who_somebody_is_stands_in_the_reader_s_language_or_marked_as_english():
    own = [
        contact("help", "One", about="Monday.", about_in={"cy": "Dydd Llun."}),
        contact("help", "Two", about="Friday."),
        contact("help", "Three"),
    ]

    def said(language: str) -> list[list[tuple[str, str]]]:
        others = help_sections(own, language, shows_uk=False)[-1]
        return [[(each.words, each.language) for each in call.about] for call in others.calls]

    assert said("cy") == [[("Dydd Llun.", "")], [("Friday.", "en")], []]
    assert said("en") == [[("Monday.", "")], [("Friday.", "")], []]


def test_every_place_shows_the_same_numbers(site: Site):
    contacts.add_contact(
        site.database, Contact(new_id(), site.network.id, ContactKind.EMERGENCY, "Night line", "01632 960 004")
    )
    expected = {"999", "111", "116123", "01632960001", "01632960004"}

    assert called(site.visitor().get(f"{site.link(site.open_round())}/help")) == expected
    assert called(site.visitor().get(f"/s/{site.shared_token()}/help")) == expected
    assert on_the_tablet(site) == expected
    assert called(site.visitor().get("/help")) == {"999", "111", "116123"}


def test_every_place_leaves_the_numbers_of_the_united_kingdom_out_where_the_setting_says_so(without_uk: Site):
    site = without_uk
    of = site.open_round()

    assert called(site.visitor().get(f"{site.link(of)}/help")) == {"01632960001"}
    assert called(site.visitor().get(f"/s/{site.shared_token()}/help")) == {"01632960001"}
    assert on_the_tablet(site) == {"01632960001"}
    public = site.visitor().get("/help")
    assert called(public) == set()
    assert "Call the emergency number of the country where you are." in public.said
    booklet = booklet_of(site.database, of.id, Audience.PERSON, Edition.EASY_READ, "en")
    printed = " ".join(texts_of(booklet_pdf(site.settings, booklet, [])))
    assert "01632 960001" in printed
    assert not [each for each in UK if f"Call {each}" in printed]


def on_the_tablet(site: Site) -> set[str]:
    packed = site.visitor("checker").get(f"/visits/{site.visit(begun=True).id}/package.json", headers=OF_THE_TABLET)
    sections = json.loads(packed.text)["in"]["en"]["help"]
    return {call["phone"].replace(" ", "") for section in sections for call in section["calls"]}


def test_a_shared_result_that_has_ended_still_says_whom_to_call(site: Site):
    page = site.visitor().get("/s/nothing/help")

    assert page.status == 200
    assert called(page) == {"999", "111", "116123"}


def test_a_shared_result_leads_to_its_own_round_s_help(site: Site):
    path = f"/s/{site.shared_token()}"

    assert site.visitor().get(path).select(f"a.get-help[href='{path}/help']")


def test_on_a_welsh_page_who_reads_a_worry_is_said_in_welsh_or_marked_as_english(site: Site):
    link = site.link(site.open_round())
    visitor = site.visitor()
    visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "cy"

    for page in (visitor.get(f"{link}/worry"), visitor.get(f"{link}/help")):
        assert page.words("main [lang=en]") == ["Works for the council."]

    form = {"kind": "safeguarding", "name": "Jo Bell", "phone": "01632 960001", "about": "Works for the council."}
    form |= {"about_cy": "Yn gweithio i’r cyngor.", "is_outside": "y", "account": str(site.contact.account_id)}
    own = f"/networks/{site.network.id}/contacts/{site.contact.id}"
    assert site.visitor("coordinator").fill_in(own, form).status == 303

    for page in (visitor.get(f"{link}/worry"), visitor.get(f"{link}/help")):
        assert "Yn gweithio i’r cyngor." in page.said
        assert not page.select("main [lang=en]")
    assert site.visitor("coordinator").get(own).select("input[name=about_cy][value^='Yn gweithio']")
