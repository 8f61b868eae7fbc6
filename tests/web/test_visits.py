"""What coordinators, checkers, leads and tablets get from the pages of visits."""

import json
from typing import Any

import pytest
from sqlalchemy import delete

from app.responses.visit import Seen, VisitState
from app.services import visiting
from app.services.closing import close_round
from app.storage import visits
from app.storage.tables import visit_checker, visit_device
from tests.days import TODAY
from tests.site import TABLET, Page, Site, Visitor
from tests.tablets import answers, enclosed, new_item_id, observation

OF_THE_TABLET = {"X-Tablet": TABLET}


def state_of(site: Site, visitor: Visitor, visit_id: str, secret: str = TABLET) -> Page:
    return visitor.get(f"/visits/{visit_id}/device", headers={"X-Tablet": secret})


def token(site: Site, visitor: Visitor, visit_id: str) -> str:
    return str(state_of(site, visitor, visit_id).response.json["csrf"])


def send(site: Site, visitor: Visitor, visit_id: str, content: Any, *, secret: str = TABLET, csrf: str | None = None):
    item_id = new_item_id()
    headers = {"X-Tablet": secret, "X-CSRFToken": token(site, visitor, visit_id) if csrf is None else csrf}
    body = {"id": item_id, "envelope": enclosed(visit_id, item_id, content)}
    return item_id, visitor.client.post(f"/visits/{visit_id}/queue", json=body, headers=headers)


def is_there(visitor: Visitor, path: str) -> bool:
    with visitor.client.get(path) as answered:
        return answered.status_code == 200


def observed(site: Site, visit_id: str):
    with site.database.reading() as connection:
        return visits.observations_of(connection, visiting.view_of(site.database, visit_id).visit)


def test_a_coordinator_plans_a_visit_and_both_checkers_find_it(site: Site):
    of = site.open_round()
    pair = list(visiting.checkers_of(site.database, site.network.id))
    form = {
        "new_id": "0123456789abcdef",
        "round": of.id,
        "checkers": [str(each) for each in pair],
        "planned_on": "1 12 2026",
    }

    planned = site.visitor("coordinator").fill_in(f"/networks/{site.network.id}/visits/new", form)

    assert planned.response.headers["Location"] == f"/networks/{site.network.id}/visits/0123456789abcdef"
    for who in ("checker", "second checker"):
        page = site.visitor(who).get("/visits")
        assert "Bramble Way Support" in page.said
        assert "1 December 2026" in page.said
    assert "You have no visit yet" in site.visitor("other checker").get("/visits").said


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"checkers": []}, "Choose two checkers"),
        ({"planned_on": "tomorrow"}, "Give the day of the visit"),
        ({"round": "nothing"}, "Choose which provider to visit"),
    ],
)
def test_what_is_missing_in_a_plan_is_told_and_nothing_is_planned(site: Site, wrong: dict[str, Any], message: str):
    pair = [str(each) for each in visiting.checkers_of(site.database, site.network.id)]
    form = {"round": site.open_round().id, "checkers": pair, "planned_on": "1/12/2026"} | wrong

    page = site.visitor("coordinator").fill_in(f"/networks/{site.network.id}/visits/new", form)

    assert page.status == 422
    assert message in page.said
    assert visiting.visits_of_network(site.database, site.network.id) == ()


def test_a_checker_who_signs_in_comes_to_their_visits(site: Site):
    page = site.visitor("checker").get("/rounds")

    assert page.response.headers["Location"] == "/visits"


def test_what_a_checker_declares_is_read_by_the_coordinator_who_chooses_somebody_else(site: Site):
    visit = site.visit(declared=False)
    tie = {"declared": "interest", "interest": "My sister works there."}
    site.visitor("checker").fill_in(f"/visits/{visit.id}", tie, f"/visits/{visit.id}/declare")

    page = site.visitor("coordinator").get(f"/networks/{site.network.id}/visits/{visit.id}")

    assert "My sister works there." in page.said
    assert "choose somebody else" in page.said
    assert site.visitor("second checker").get(f"/visits/{visit.id}/ready").status == 303


def test_the_package_comes_to_the_pair_on_their_tablet_and_holds_no_secret(site: Site):
    visit, checker = site.visit(), site.visitor("checker")

    page = checker.get(f"/visits/{visit.id}/package.json")

    made = page.response.json
    assert [each["code"] for each in made["languages"]] == ["en", "cy"]
    assert len(made["in"]["cy"]["readers"]["easy-read/person"]["questions"]) == 10
    assert made["in"]["cy"]["words"]["finish"] != made["in"]["en"]["words"]["finish"]
    assert set(made["in"]["cy"]["words"]) == set(made["in"]["en"]["words"])
    assert "/visits/tablet" in made["files"]
    assert [path for path in made["files"] if not is_there(checker, path)] == []
    for secret in (TABLET, *site.people.values(), visiting.device_id(TABLET)):
        assert secret not in page.text
    assert site.visitor("other checker").get(f"/visits/{visit.id}/package.json").status == 404


def test_fetching_a_package_begins_no_visit_and_what_cannot_begin_is_not_fetched(site: Site):
    visit, undeclared, checker = site.visit(), site.visit(declared=False), site.visitor("checker")
    checker.get(f"/visits/{visit.id}/package.json")
    refused = checker.get(f"/visits/{undeclared.id}/package.json")
    visiting.cancel(site.database, visit.id)
    over = checker.get(f"/visits/{visit.id}/package.json")

    assert (refused.status, over.status) == (409, 409)
    assert "have to say whether they have ties" in refused.response.json["refused"]
    assert "This visit is over" in over.response.json["refused"]


def test_a_tablet_that_is_to_be_emptied_is_told_so_when_it_sends_or_is_made_ready_again(site: Site):
    visit, checker = site.visit(begun=True), site.visitor("checker")
    visiting.ask_to_wipe(site.database, visit.id, visiting.device_id(TABLET))

    form = {"name": "Blue tablet", "secret": TABLET}
    made_ready = checker.fill_in(f"/visits/{visit.id}/ready", form, f"/visits/{visit.id}/devices")
    _, sent = send(site, checker, visit.id, observation())

    for answered in (made_ready.response, sent):
        assert answered.status_code == 403
        assert "is to be emptied" in answered.json["refused"]


def test_every_placeholder_of_the_words_is_the_same_in_every_language(site: Site):
    import re

    made = site.visitor("checker").get(f"/visits/{site.visit(begun=True).id}/package.json", headers=OF_THE_TABLET)
    english, welsh = (made.response.json["in"][language]["words"] for language in ("en", "cy"))

    def placeholders(words: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}|%\(\w+\)s", words))

    assert {key for key in english if placeholders(english[key]) != placeholders(welsh[key])} == set()
    assert [key for key in english if "%(" in english[key]] == []


def test_every_word_that_a_script_asks_for_is_in_the_package(site: Site):
    import re
    from pathlib import Path

    scripts = "".join(path.read_text() for path in (Path(__file__).parents[2] / "assets/js/visit").glob("*.js"))
    made = site.visitor("checker").get(f"/visits/{site.visit(begun=True).id}/package.json", headers=OF_THE_TABLET)
    words = set(made.response.json["in"]["en"]["words"])
    of_the_page_that_makes_ready = {"asking", "fetching", "ready"}

    asked = set(re.findall(r'\bsay\("([\w-]+)"', scripts)) - of_the_page_that_makes_ready

    assert asked - words == set()
    in_a_choice = {key for key in words if f'"{key}"' in scripts}
    made_of_parts = {key for key in words if key.startswith(("look_", "edition_", "size_", "theme_", "pictures_"))}
    assert words - asked - in_a_choice - made_of_parts == set()


def test_a_tablet_is_told_whether_it_is_to_be_emptied_without_anybody_signed_in(site: Site):
    visit, stranger = site.visit(begun=True), site.visitor()

    looked = state_of(site, stranger, visit.id).response
    assert looked.json == {"visit": visit.id, "wipe": False, "signed_in": False, "csrf": ""}
    assert "Set-Cookie" not in looked.headers  # a session that begins here would end another page's sign-in
    form = {"device": visiting.device_id(TABLET)}
    site.visitor("second checker").fill_in(f"/visits/{visit.id}", form, f"/visits/{visit.id}/wipe")
    assert state_of(site, stranger, visit.id).response.json["wipe"] is True
    told = stranger.client.post(
        f"/visits/{visit.id}/wiped",
        json={},
        headers={**OF_THE_TABLET, "X-CSRFToken": token(site, stranger, visit.id)},
    )
    assert told.status_code == 200
    assert "Emptied." in site.visitor("coordinator").get(f"/networks/{site.network.id}/visits/{visit.id}").said


def test_a_tablet_that_we_do_not_know_is_told_nothing(site: Site):
    visit = site.visit(begun=True)

    for secret in ("", "6" * 64, visiting.device_id(TABLET)):
        assert state_of(site, site.visitor("checker"), visit.id, secret).status == 403


def test_an_item_is_taken_once_and_the_answer_names_it(site: Site):
    visit, checker = site.visit(begun=True), site.visitor("checker")
    item_id = new_item_id()
    body = {"id": item_id, "envelope": enclosed(visit.id, item_id, observation())}
    headers = {**OF_THE_TABLET, "X-CSRFToken": token(site, checker, visit.id)}

    first, second = (checker.client.post(f"/visits/{visit.id}/queue", json=body, headers=headers) for _ in range(2))

    assert (first.status_code, first.json) == (201, {"id": item_id, "state": "taken"})
    assert (second.status_code, second.json) == (200, {"id": item_id, "state": "there"})
    assert [each.seen for each in observed(site, visit.id)] == [Seen.PARTLY]


def test_a_refused_item_has_its_reason_in_words(site: Site):
    visit, checker = site.visit(begun=True), site.visitor("checker")
    close_round(site.database, visit.round_id, TODAY)

    item_id, answered = send(site, checker, visit.id, answers({"S01.a": "yes"}))

    assert (answered.status_code, answered.json["id"]) == (409, item_id)
    assert "round has closed" in answered.json["refused"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"x"', b'{"id": 3}', b'{"id": "x", "envelope": []}', b"\xff", b"{" * 5000]
)
def test_nonsense_is_refused_and_never_a_fault(site: Site, body: bytes):
    visit, checker = site.visit(begun=True), site.visitor("checker")
    headers = {**OF_THE_TABLET, "X-CSRFToken": token(site, checker, visit.id), "Content-Type": "application/json"}

    assert checker.client.post(f"/visits/{visit.id}/queue", data=body, headers=headers).status_code == 422


def test_nothing_is_taken_without_a_session_of_the_pair_a_token_and_the_tablet_s_secret(site: Site):
    visit = site.visit(begun=True)
    checker, stranger = site.visitor("checker"), site.visitor()

    assert send(site, checker, visit.id, observation(), csrf="")[1].status_code == 400
    assert send(site, checker, visit.id, observation(), secret="6" * 64)[1].status_code == 403
    assert send(site, stranger, visit.id, observation())[1].status_code == 400
    for who, page in {"other checker": "/visits", "lead": "/rounds", "coordinator": "/networks"}.items():
        other = site.visitor(who)
        own_token = other.get(page).select("input[name='csrf_token']")[0].get("value")
        assert send(site, other, visit.id, observation(), csrf=own_token)[1].status_code == 404
    visiting.ask_to_wipe(site.database, visit.id, visiting.device_id(TABLET))
    assert send(site, checker, visit.id, observation())[1].status_code == 403
    assert observed(site, visit.id) == ()


def test_the_service_worker_and_the_manifest_are_what_a_browser_expects(site: Site):
    worker, manifest = site.visitor().get("/visits/sw.js"), site.visitor().get("/visits/manifest.webmanifest")

    assert worker.response.headers["Content-Type"].startswith("text/javascript")
    described = json.loads(manifest.text)
    assert manifest.response.mimetype == "application/manifest+json"
    assert described["start_url"].startswith(described["scope"])
    assert is_there(site.visitor(), described["icons"][0]["src"])


def test_the_lead_reads_the_pair_s_words_only_after_the_visit_and_the_round(site: Site):
    visit, checker, lead = site.visit(begun=True), site.visitor("checker"), site.visitor("lead")
    send(site, checker, visit.id, observation(note="They have <b>a plan</b>.\nIt is on the wall."))
    address = f"/rounds/{visit.round_id}/visits"
    assert "can be read here when" in lead.get(address).said
    checker.fill_in(f"/visits/{visit.id}/finish", {"understood": "y"})
    assert visiting.view_of(site.database, visit.id).visit.state is VisitState.FINISHED
    assert "a plan" not in lead.get(address).said
    close_round(site.database, visit.round_id, TODAY)

    page = lead.get(address)

    assert "They have <b>a plan</b>." in page.said
    assert page.select("b") == []
    for address_of_a_checker in ("checker@example.org", "second-checker@example.org"):
        assert address_of_a_checker not in page.text
    assert "a plan" not in lead.get(f"/rounds/{visit.round_id}/result").said
    assert "a plan" not in lead.get(f"/rounds/{visit.round_id}/report.json").text
    assert site.visitor("other lead").get(address.removesuffix("/visits") + "/visits").status == 404


def test_a_visit_of_which_people_and_tablets_are_deleted_still_has_its_pages(site: Site):
    visit = site.visit(begun=True)
    with site.database.writing() as connection:
        for table in (visit_checker, visit_device):
            connection.execute(delete(table))
    coordinator = site.visitor("coordinator")

    assert coordinator.get(f"/networks/{site.network.id}/visits").status == 200
    assert coordinator.get(f"/networks/{site.network.id}/visits/{visit.id}").status == 200
    assert site.visitor("checker").get("/visits").status == 200
