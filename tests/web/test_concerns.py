"""A safeguarding contact's pages, and who sees nothing of them."""

import pytest
from pydantic import SecretStr

from app.responses import Round
from app.web import logs
from tests.site import Page, Site, Visitor

NASTY = '<script>alert(1)</script>\n"><img src=x onerror=alert(2)>\n{{ 7 * 7 }} javascript:alert(3)'


@pytest.fixture
def of(site: Site) -> Round:
    return site.open_round()


@pytest.fixture
def path(site: Site, of: Round) -> str:
    return f"/concerns/{site.tell(of, NASTY, reach='<b>Ring</b> Wynne')}"


@pytest.fixture
def reader(site: Site) -> Visitor:
    return site.visitor("safeguarding")


def opened(reader: Visitor, path: str) -> Page:
    answered = reader.fill_in(path)
    assert answered.status == 303
    return reader.get(path)


def write(reader: Visitor, path: str, **form: str) -> Page:
    (seen,) = {each.get("value") for each in reader.get(path).select("input[name=step_count]")}
    return reader.fill_in(path, {"step_count": seen, **form}, f"{path}/step")


def test_signing_in_leads_to_the_concerns(reader: Visitor):
    assert reader.get("/rounds").response.headers["Location"] == "/concerns"


def test_the_list_says_where_from_and_when_and_not_what(site: Site, path: str, reader: Visitor):
    page = reader.get("/concerns")

    assert "Bramble Way Support" in page.said
    assert "Not read yet" in page.said
    assert "alert" not in page.text
    assert "Wynne" not in page.text


def test_the_list_says_whether_a_letter_tells_of_a_new_one(site: Site, path: str, reader: Visitor):
    assert "does not tell you when a new one comes" in reader.get("/concerns").said

    to_nowhere = {"mail_server": SecretStr("smtp://127.0.0.1:9"), "mail_from": "driving-seat@example.org"}
    site.app.extensions["driving_seat_settings"] = site.settings.model_copy(update=to_nowhere)

    assert "A letter tells you that a new one has come" in reader.get("/concerns").said


def test_nothing_is_shown_before_it_is_opened_and_opening_needs_a_form(site: Site, path: str, reader: Visitor):
    page = reader.get(path)

    assert "You have not opened this concern yet" in page.said
    assert "alert" not in page.text
    assert not page.select("textarea")
    assert reader.post(path).status == 400
    assert "alert" not in reader.get(path).text


def test_what_was_told_is_shown_as_words_whatever_it_looks_like(site: Site, path: str, reader: Visitor):
    page = opened(reader, path)

    assert page.words(".told p") == [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(2)>',
        "{{ 7 * 7 }} javascript:alert(3)",
    ]
    assert "<b>Ring</b> Wynne" in page.said
    assert not page.select("main script, main img, main b")
    assert "alert" not in page.title


def test_reading_is_in_the_log_once(site: Site, path: str, reader: Visitor):
    opened(reader, path)
    page = opened(reader, path)

    rows = page.words("tbody tr")
    assert len(rows) == 2
    assert "It came" in rows[0]
    assert "safeguarding@example.org" in rows[1]


def test_a_note_is_shown_as_words_and_the_state_follows(site: Site, path: str, reader: Visitor):
    opened(reader, path)
    assert write(reader, path, step="passed-on", note="<i>To Meredith</i>").status == 303

    page = reader.get(path)
    assert "<i>To Meredith</i>" in page.said
    assert not page.select("main i")
    assert "Passed on" in reader.get("/concerns").said


def test_closed_concerns_stand_apart_and_can_be_taken_up_again(site: Site, path: str, reader: Visitor):
    opened(reader, path)
    write(reader, path, step="closed", note="The council has it.")

    assert reader.get("/concerns").select("#closed")
    assert [each.get("value") for each in reader.get(path).select("input[name=step]")] == ["acting"]
    write(reader, path, step="acting")
    assert not reader.get("/concerns").select("#closed")


def test_a_step_without_its_note_is_told_in_words_and_keeps_what_was_typed(site: Site, path: str, reader: Visitor):
    opened(reader, path)

    page = write(reader, path, step="closed", note=" ")
    assert page.status == 422
    assert "Say why it is closed" in page.said
    page = write(reader, path, note="Called her.")
    assert page.status == 422
    assert "Choose what you have done" in page.said
    assert "Called her." in page.words("textarea")[0]


def test_a_step_pressed_twice_is_written_once(site: Site, path: str, reader: Visitor):
    opened(reader, path)

    assert reader.fill_in(path, {"step_count": "1", "step": "acting", "note": "Called"}, f"{path}/step").status == 303
    again = reader.fill_in(path, {"step_count": "1", "step": "acting", "note": "Called"}, f"{path}/step")

    assert again.status == 409
    assert "nothing was written now" in again.said
    assert len(again.words("tbody tr")) == 3


@pytest.mark.parametrize("who", ["lead", "other lead", "coordinator", "other coordinator", "other safeguarding"])
def test_nobody_else_sees_that_it_exists(site: Site, path: str, who: str):
    site.app.config["WTF_CSRF_ENABLED"] = False
    visitor = site.visitor(who)
    found = [visitor.get(path), visitor.post(path), visitor.post(f"{path}/step", {"step": "closed", "note": "x"})]

    assert [page.status for page in found] == [404, 404, 404]
    assert found[0].said == visitor.get("/concerns/nothing").said
    listed = visitor.get("/concerns")
    assert listed.status == 404 or "Nothing is open" in listed.said


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_the_pages_of_a_lead_and_of_a_coordinator_do_not_change_when_a_concern_comes(site: Site, of: Round, who: str):
    visitor = site.visitor(who)
    pages = {
        "lead": ("/rounds", f"/rounds/{of.id}", f"/rounds/{of.id}/safeguarding"),
        "coordinator": (
            "/networks",
            f"/networks/{site.network.id}",
            f"/networks/{site.network.id}/contacts",
            f"/networks/{site.network.id}/contacts/{site.contact.id}",
        ),
    }[who]
    before = [visitor.get(page).said for page in pages]
    site.tell(of)

    assert [visitor.get(page).said for page in pages] == before


def test_after_a_change_of_the_key_the_page_says_what_is_wrong(site: Site, path: str, reader: Visitor):
    opened(reader, path)
    settings = site.app.extensions["driving_seat_settings"]
    changed = settings.model_copy(update={"secret_key": type(settings.secret_key)("o" * 40)})
    site.app.extensions["driving_seat_settings"] = changed

    page = reader.get(path)

    assert page.status == 409
    assert "another secret key" in page.said
    assert reader.get("/concerns").status == 200


def test_a_failure_while_a_worry_is_told_logs_nothing_of_it(
    capfd: pytest.CaptureFixture[str], site: Site, of: Round, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_args: object, **_more: object) -> str:
        raise RuntimeError("He shouts at Wynne.")

    logs.prepare(site.app, "INFO")
    link, visitor = site.link(of), site.visitor()
    monkeypatch.setattr("app.services.concerns.seal", fail)
    page = visitor.post(f"{link}/worry", {"reader": site.contact.id, "words": "He shouts at Wynne."})

    said = "".join(capfd.readouterr())
    assert page.status == 500
    assert '"kind": "RuntimeError"' in said
    assert "Wynne" not in said + page.text
    assert link.removeprefix("/a/") not in said
