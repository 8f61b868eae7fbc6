"""A visit of quality checkers, as far as it goes without a browser, and what a pair does on the tablet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from app.responses import Response, Round
from app.responses.visit import Declared, Observation, Visit
from app.services import visiting
from app.services.visit_queue import take_in
from app.services.visiting import VisitView
from app.storage import responses, visits
from tests.browser.served import ServedSite
from tests.browser.steps import choose, go, heading, press
from tests.days import TODAY
from tests.tablets import enclosed, new_item_id, observation

PIN = "135790"
NOTE = "Quokkas painted the garden gate."


@dataclass(frozen=True)
class Plan:
    """A visit of the demonstration's pair, who have no ties. round: one of its own."""

    site: ServedSite
    round: Round
    visit: Visit

    @property
    def path(self) -> str:
        return f"/visits/{self.visit.id}"

    @property
    def view(self) -> VisitView:
        return visiting.view_of(self.site.database, self.visit.id)

    def responses(self) -> list[Response]:
        with self.site.database.reading() as connection:
            return list(responses.submitted(connection, self.round))

    def observations(self) -> tuple[Observation, ...]:
        with self.site.database.reading() as connection:
            return visits.observations_of(connection, self.visit)

    def wipe(self) -> None:
        (device,) = self.view.devices
        visiting.ask_to_wipe(self.site.database, self.visit.id, device.id)


def plan_visit(site: ServedSite, *, declared: bool = True) -> Plan:
    of = site.open_round()
    network_id = site.campaign.network_id
    pair = tuple(visiting.checkers_of(site.database, network_id))
    visit = visiting.plan_visit(site.database, network_id, of.id, pair, TODAY)
    for checker in visit.checkers if declared else ():
        visiting.declare(site.database, visit.id, checker.account_id, Declared.NONE, "")
    return Plan(site, of, visit)


def begun_visit(site: ServedSite) -> Plan:
    """Plan a visit and make a tablet known for it."""
    plan = plan_visit(site)
    account_id = plan.visit.checkers[0].account_id
    visiting.register_device(site.database, plan.visit.id, account_id, "Blue tablet", token_hex(32))
    return plan


def finished_visit(site: ServedSite) -> Plan:
    """A visit that is finished, of a round that has closed, with two observations."""
    plan = begun_visit(site)
    for content in (observation("S01", "seen", NOTE), observation("S03", "not-seen", "")):
        item_id, keys = new_item_id(), site.settings.keys()
        take_in(site.database, keys, plan.visit.id, item_id, enclosed(plan.visit.id, item_id, content, keys[0]), TODAY)
    visiting.finish(site.database, plan.visit.id)
    site.close(plan.round)
    return plan


def make_ready(page: Page, plan: Plan) -> None:
    """Make the tablet ready and choose a PIN; the pair's screen is shown then."""
    make_ready_without_pin(page, plan)
    choose_pin(page)


def press_make_ready(page: Page, plan: Plan) -> None:
    go(page, f"{plan.path}/ready")
    page.get_by_label("What do you call this tablet?").fill("Blue tablet")
    press(page, "Make this tablet ready")


def make_ready_without_pin(page: Page, plan: Plan) -> None:
    press_make_ready(page, plan)
    expect(page.get_by_text("This tablet is ready.")).to_be_visible(timeout=30_000)
    press(page, "Open the visit")
    expect(heading(page)).to_have_text("Choose a PIN for this visit")


def choose_pin(page: Page, pin: str = PIN) -> None:
    expect(heading(page)).to_have_text("Choose a PIN for this visit")
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_label("The same PIN again").fill(pin)
    press(page, "Keep this PIN")
    expect_home(page)


def give_pin(page: Page, pin: str = PIN) -> None:
    expect(heading(page)).to_have_text("Type your PIN")
    page.get_by_label("PIN", exact=True).fill(pin)
    press(page, "Open the visit")


def open_tablet(page: Page) -> None:
    """Open the app again, as after the tablet was switched off."""
    go(page, "/visits/tablet")
    give_pin(page)
    expect_home(page)


def expect_home(page: Page) -> None:
    expect(page.get_by_role("button", name="Lock the tablet")).to_be_visible()


def begin_person(page: Page) -> None:
    """Somebody agrees to take part, answers by themselves, and comes to the first question."""
    press(page, "Ask a person")
    press(page, "Continue")
    choose(page, "Yes, I want to take part")
    press(page, "Save and continue")
    choose(page, "I answer by myself")
    press(page, "Save and continue")
    expect_question(page, 1)


def expect_question(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Question {number} of 10", exact=True)).to_be_visible()


def answer_on(page: Page, label: str) -> None:
    choose(page, label)
    press(page, "Save and continue")


def answer_all(page: Page, *labels: str) -> None:
    """Answer the ten questions, these labels in turn, and lock the answers without a word."""
    for number in range(10):
        expect_question(page, number + 1)
        answer_on(page, labels[number % len(labels)])
    expect(heading(page)).to_have_text("Check your answers")
    press(page, "Continue")
    press(page, "Finish without a word")
    expect(heading(page)).to_have_text("Thank you. Your answers are locked.")


def whole_person(page: Page, *labels: str) -> str:
    """Let one person answer everything; return the path of the link that they are shown."""
    begin_person(page)
    answer_all(page, *labels)
    path = link_on(page)
    press(page, "Give the tablet back")
    give_pin(page)
    expect_home(page)
    return path


def link_on(page: Page) -> str:
    found = re.search(r"/a/[0-9A-Z-]{24}", page.locator(".receipt").inner_text().replace("\n", ""))
    assert found
    return found[0]


def write_seen(page: Page, note: str = NOTE) -> None:
    """Say of the first standard that it was seen in part, with a note, and go back to the visit."""
    press(page, "Write what you saw")
    page.get_by_role("link", name="Write").first.click()
    choose(page, "We saw some of it")
    page.get_by_label("In your own words").fill(note)
    press(page, "Save")
    press(page, "Back to the visit")
    expect_home(page)


def send(page: Page) -> None:
    press(page, "Send now")
    expect(heading(page)).to_have_text("Send")
    press(page, "Send now")


def expect_waiting(page: Page, count: int) -> None:
    words = f"Waiting to be sent: {count}" if count else "Nothing is waiting to be sent."
    expect(page.get_by_text(words, exact=True)).to_be_visible()


def stored(page: Page) -> Mapping[str, Any]:
    """Return all that lies in the tablet's database, by store; bytes as text."""
    found: Mapping[str, Any] = page.evaluate(
        """async () => {
          const wait = (request) => new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = failed;
          });
          const letters = (part) => String.fromCharCode(...new Uint8Array(part.buffer ?? part));
          const plain = (_, part) => part instanceof ArrayBuffer || ArrayBuffer.isView(part) ? letters(part) : part;
          const found = {};
          for (const { name } of await indexedDB.databases()) {
            const database = await wait(indexedDB.open(name));
            for (const store of database.objectStoreNames) {
              const rows = await wait(database.transaction(store).objectStore(store).getAll());
              found[store] = JSON.parse(JSON.stringify(rows, plain));
            }
            database.close();
          }
          return found;
        }"""
    )
    return found


def without_network(context: BrowserContext) -> None:
    context.set_offline(True)
