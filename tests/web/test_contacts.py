"""A coordinator's pages about contacts, and a lead's choice of who takes concerns."""

import pytest

from app.organisations import Contact, ContactKind, Membership, Role
from app.services import contacts
from app.services.accounts import add_account
from app.services.rounds import view_of
from app.storage.keys import new_id
from tests.site import Page, Site, Visitor

GIVEN = {
    "kind": "help",
    "name": "Speak Up",
    "phone": "01632 960 002",
    "about": "Monday to Friday.",
    "account": "",
    "working_days": "",
}


@pytest.fixture
def path(site: Site) -> str:
    return f"/networks/{site.network.id}/contacts"


@pytest.fixture
def coordinator(site: Site) -> Visitor:
    return site.visitor("coordinator")


def add_taker(site: Site, name: str, *more: Membership) -> Contact:
    email = f"{name.split()[0].lower()}@example.org"
    add_account(site.database, email, "-", [Membership(Role.SAFEGUARDING, site.network.id), *more])
    account_id = contacts.account_for(site.database, site.network.id, email)
    kind = ContactKind.SAFEGUARDING
    added = Contact(new_id(), site.network.id, kind, name, "01632 960003", "Works for the police.", account_id)
    return contacts.add_contact(site.database, added)


def listed(page: Page) -> list[str]:
    return page.words(".round-list h2")


def test_a_coordinator_adds_a_contact_that_people_then_see(site: Site, path: str, coordinator: Visitor):
    assert coordinator.fill_in(f"{path}/new", GIVEN).response.headers["Location"] == path

    assert listed(coordinator.get(path)) == ["Jo Bell", "Speak Up"]
    assert "Speak Up" in site.visitor().get(f"{site.link(site.open_round())}/help").said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Choose what they are called for"),
        ({"name": " "}, "Give a name"),
        ({"phone": "call me"}, "digits and spaces"),
        ({"about": "x" * 501}, "500 characters"),
        ({"account": "999"}, "Choose who reads concerns"),
        ({"working_days": "soon"}, "1 to 10 working days"),
        ({"working_days": "11"}, "1 to 10 working days"),
        ({"account": "nobody’s"}, "Choose who reads concerns, or nobody"),
    ],
)
def test_what_cannot_be_is_told_in_words_and_what_was_typed_stays(
    path: str, coordinator: Visitor, wrong: dict[str, str], said: str
):
    page = coordinator.fill_in(f"{path}/new", {**GIVEN, **wrong})

    assert page.status == 422
    assert said in page.said
    assert page.title.startswith("Error: ")
    if "name" not in wrong:
        assert page.select("input[name=name]")[0].get("value") == "Speak Up"
    assert listed(coordinator.get(path)) == ["Jo Bell"]


def test_an_account_reads_concerns_only_for_a_safeguarding_contact_outside_the_providers(
    site: Site, path: str, coordinator: Visitor
):
    account = str(site.contact.account_id)

    assert "Only a safeguarding contact" in coordinator.fill_in(f"{path}/new", {**GIVEN, "account": account}).said
    given = {**GIVEN, "kind": "safeguarding", "account": account}
    page = coordinator.fill_in(f"{path}/new", {**given, "about": ""})
    assert "work for none" in page.words(".govuk-error-summary")[0]
    assert "where they work" in page.words(".govuk-error-summary")[0]
    given["working_days"] = "2"
    assert coordinator.fill_in(f"{path}/new", {**given, "is_outside": "y"}).status == 303
    assert contacts.contacts_of(site.database, site.network.id)[1].working_days == 2


def test_a_form_sent_twice_adds_one(path: str, coordinator: Visitor):
    form = {**GIVEN, "new_id": "0123456789abcdef"}

    for _ in range(2):
        coordinator.fill_in(f"{path}/new", form)
    assert listed(coordinator.get(path)) == ["Jo Bell", "Speak Up"]


def test_without_accounts_the_form_does_not_ask_about_them(site: Site):
    elsewhere = site.visitor("other coordinator")
    (network_id,) = {each.get("href").rsplit("/", 1)[1] for each in elsewhere.get("/networks").select(".card h2 a")}
    with site.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM membership WHERE role = 'safeguarding' AND organisation_id <> 'x'")

    page = elsewhere.get(f"/networks/{network_id}/contacts/new")
    assert not page.select("input[name=account]")
    assert "Nobody takes concerns yet" in elsewhere.get(f"/networks/{network_id}/contacts").said
    form = {key: value for key, value in GIVEN.items() if key != "account"}
    assert elsewhere.fill_in(f"/networks/{network_id}/contacts/new", form).status == 303


def test_a_contact_is_shown_as_it_is_and_changed(site: Site, path: str, coordinator: Visitor):
    own = f"{path}/{site.contact.id}"
    page = coordinator.get(own)
    assert page.select("input[name=phone]")[0].get("value") == "01632 960001"
    assert page.select("input[name=kind][checked]")[0].get("value") == "safeguarding"
    assert page.select("input[name=account][checked]")[0].get("value") == str(site.contact.account_id)

    form = {"kind": "safeguarding", "name": "Jo Hill", "phone": "999", "about": "Still there.", "is_outside": "y"}
    changed = coordinator.fill_in(own, {**form, "account": str(site.contact.account_id)})

    assert changed.status == 303
    assert listed(coordinator.get(path)) == ["Jo Hill"]


def test_what_open_rounds_need_is_refused_with_its_reason(site: Site, path: str, coordinator: Visitor):
    site.open_round()
    own = f"{path}/{site.contact.id}"

    page = coordinator.fill_in(own, {**GIVEN, "kind": "safeguarding", "name": "Jo Bell"})
    assert page.status == 409
    assert "has no account" in page.said
    page = coordinator.fill_in(f"{own}/remove", {"understood": "y"})
    assert page.status == 409
    assert "Open rounds name this contact" in page.said
    assert listed(coordinator.get(path)) == ["Jo Bell"]


def test_a_contact_is_removed_after_a_tick(site: Site, path: str, coordinator: Visitor):
    own = f"{path}/{site.contact.id}/remove"

    assert "Tick the box" in coordinator.fill_in(own).said
    assert coordinator.fill_in(own, {"understood": "y"}).status == 303
    assert listed(coordinator.get(path)) == []
    assert coordinator.get(own).status == 404


def test_contacts_are_put_in_order(site: Site, path: str, coordinator: Visitor):
    coordinator.fill_in(f"{path}/new", GIVEN)
    own = f"{path}/{site.contact.id}/move"

    coordinator.fill_in(path, {"where": "later"}, own)
    assert listed(coordinator.get(path)) == ["Speak Up", "Jo Bell"]
    coordinator.fill_in(path, {"where": "nonsense"}, own)
    coordinator.fill_in(path, {"where": "earlier"}, own)
    assert listed(coordinator.get(path)) == ["Jo Bell", "Speak Up"]


def test_what_a_coordinator_writes_is_shown_as_words(site: Site, path: str, coordinator: Visitor):
    nasty = "<img src=x onerror=alert(1)>"
    coordinator.fill_in(f"{path}/new", {**GIVEN, "name": nasty, "about": nasty})

    for page in (coordinator.get(path), site.visitor().get(f"{site.link(site.open_round())}/help")):
        assert nasty in page.said
        assert not page.select("main img[onerror]")


def test_another_network_s_contact_is_not_found(site: Site):
    page = site.visitor("other coordinator").get(f"/networks/{site.network.id}/contacts")

    assert page.status == 404


def test_opening_a_round_says_who_takes_concerns_and_lets_choose_where_there_are_several(site: Site):
    lead = site.visitor("lead")
    page = lead.get("/rounds/new")
    assert "Jo Bell, outside your organisation" in page.said
    assert not page.select("input[name=taker]")
    sam = add_taker(site, "Sam Hill")
    add_taker(site, "Lee Lead", Membership(Role.LEAD, site.provider.id))

    page = lead.get("/rounds/new")
    assert [each.get("value") for each in page.select("input[name=taker]")] == [site.contact.id, sam.id]
    form = {"length": "short", "provider_view": "agreed", "taker": sam.id, "new_id": "0123456789abcdef"}
    assert "Choose who takes concerns" in lead.fill_in("/rounds/new", {**form, "taker": "lee"}).said
    lead.fill_in("/rounds/new", form)
    assert view_of(site.database, "0123456789abcdef").round.safeguarding_contact_id == sam.id


def test_a_lead_changes_who_takes_concerns_while_the_round_is_open(site: Site):
    lead, of, sam = site.visitor("lead"), site.open_round(), add_taker(site, "Sam Hill")
    assert "Jo Bell, outside your organisation" in lead.get(f"/rounds/{of.id}").said

    page = lead.fill_in(f"/rounds/{of.id}/safeguarding", {"taker": "nobody"})
    assert page.status == 422
    assert lead.fill_in(f"/rounds/{of.id}/safeguarding", {"taker": sam.id}).status == 303

    assert "Sam Hill, outside your organisation" in lead.get(f"/rounds/{of.id}").said
    assert "Sam Hill" in site.visitor().get(f"{site.link(of)}/worry").said


def test_a_closed_round_keeps_its_contact(site: Site):
    of = site.closed_round()
    lead = site.visitor("lead")

    assert "has closed" in lead.get(f"/rounds/{of.id}/safeguarding").said
    page = lead.fill_in("/rounds/new", {"taker": site.contact.id}, f"/rounds/{of.id}/safeguarding")
    assert page.status == 409


def test_where_no_network_names_anybody_the_lead_is_told_what_to_do(site: Site):
    of = site.open_round()
    with site.database.writing() as connection:
        connection.exec_driver_sql("UPDATE contact SET account_id = NULL")

    page = site.visitor("lead").get(f"/rounds/{of.id}/safeguarding")
    assert "Ask your network’s coordinator" in page.said
    assert "Nobody yet" in site.visitor("lead").get("/rounds/new").said
