"""A provider's team keeps evidence files."""

import stat
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.organisations.evidence import Evidence
from app.services import evidence
from tests.evidence_files import KEPT, PDF, bomb, docx
from tests.site import CSRF, Page, Site, Visitor

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' -C calc'!A0",
    "{{ 7 * 7 }}",
    "x\u2019 \u0175 \u05d0\u05d1",
)


@pytest.fixture
def path(site: Site) -> str:
    return f"/providers/{site.provider.id}/evidence"


@pytest.fixture
def lead(site: Site) -> Visitor:
    return site.visitor("lead")


def upload(visitor: Visitor, path: str, content: bytes = PDF, name: str = "plan.pdf", **form: str) -> Page:
    page = visitor.get(f"{path}/new")
    token = CSRF.search(page.text)
    given = {
        "csrf_token": token[1] if token else "",
        "new_id": page.select("input[name=new_id]")[0].get("value"),
        "title": "How we plan",
        "standard": "personalised-support:S01",
        "round": "",
        "agreed": "y",
        **form,
        "file": FileStorage(BytesIO(content), name.replace('"', '\\"')),
    }
    return send(visitor, f"{path}/new", given)


def send(visitor: Visitor, path: str, given: dict) -> Page:
    boundary, body = encode_multipart(given)
    return Page(visitor.client.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}"))


def kept(site: Site) -> tuple[Evidence, ...]:
    return evidence.evidence_of(site.database, site.provider.id, date.today()).kept


def own(site: Site, path: str) -> str:
    (only,) = kept(site)
    return f"{path}/{only.id}"


def files(site: Site) -> list[Path]:
    return [path for path in site.settings.evidence.rglob("*") if path.is_file()]


def use_scanner(site: Site, lines: str) -> None:
    script = site.settings.home / "a scanner"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o700)
    changed = site.settings.model_copy(update={"virus_scanner": f"'{script}' -"})
    site.app.extensions["driving_seat_settings"] = changed


def test_a_file_is_added_listed_under_its_standard_saved_changed_deleted_and_brought_back(
    site: Site, path: str, lead: Visitor
):
    assert "Nothing of 1 GB is used" in lead.get(path).said
    added = upload(lead, path)
    assert added.status == 303
    shown = lead.get(added.response.headers["Location"])
    assert "The file is kept." in shown.said
    assert "plan.pdf" in shown.said

    listed = lead.get(path)
    assert listed.words(".evidence__standard")[0].startswith("Individual design How we plan")
    assert "1 file. 1 KB of 1 GB is used" in listed.said
    assert lead.get(f"{own(site, path)}/file").response.data == PDF

    assert lead.fill_in(own(site, path), label(lead, own(site, path), title="How we ask")).status == 303
    assert "How we ask" in lead.get(own(site, path)).words("h1")[0]
    gone = own(site, path)
    assert "How we ask" in lead.get(f"{gone}/delete").words("h1")[0]
    assert lead.fill_in(f"{gone}/delete").response.headers["Location"].endswith("/evidence#deleted")
    assert kept(site) == ()
    assert lead.get(gone).status == 404
    assert lead.get(f"{gone}/file").status == 404
    until = date.today() + timedelta(days=30)
    assert f"Gone for good on {until.day} {until:%B %Y}" in lead.get(path).said
    assert lead.fill_in(path, {}, f"{gone}/bring-back").status == 303
    assert "The file is back." in lead.get(f"{gone}?done=back").said


def label(visitor: Visitor, path: str, **form: str) -> dict[str, str]:
    """Return the form as the page shows it, with changes."""
    page = visitor.get(path)
    hidden = {each.get("name"): each.get("value") for each in page.select("main form input[type=hidden]")}
    chosen = {
        each.getparent().get("name") or each.getparent().getparent().get("name"): each.get("value")
        for each in page.select("option[selected]")
    }
    return {**hidden, **chosen, "title": page.select("input[name=title]")[0].get("value"), **form}


def test_before_choosing_one_reads_what_is_kept_and_whom_to_ask(site: Site, path: str, lead: Visitor):
    page = lead.get(f"{path}/new")

    before = page.text[: page.text.index('type="file"')]
    for words in ("At most 20 MB", "Word (.docx)", "HEIC", "MP4", "who have not agreed", "not checked for viruses"):
        assert words in before
    assert ".docx" in page.select("input[type=file]")[0].get("accept")
    use_scanner(site, "exit 0")
    assert "Each file is checked for viruses" in lead.get(f"{path}/new").said


def test_the_standard_and_the_round_that_one_comes_from_are_chosen(site: Site, path: str, lead: Visitor):
    of = site.open_round()
    page = lead.get(f"{path}/new?standard=personalised-support:S02&round={of.id}")
    assert [each.get("value") for each in page.select("option[selected]")] == ["personalised-support:S02", of.id]

    upload(lead, path, standard="", round=of.id)
    listed = lead.get(path)
    assert "Everything else" in listed.words("h2")
    assert "Round opened on 21 November 2026" in listed.words(".evidence__about")[0]
    odd = lead.get(f"{path}/new?standard=x:y&round=z")
    assert not odd.select("option[value='x:y']")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "plan.pdf", "empty"),
        (b"<svg onload=alert(1)>", "plan.svg", "files of this kind"),
        (b"<svg onload=alert(1)>", "plan.png", "web page or a drawing"),
        (b"<html><script>alert(1)</script>", "plan.pdf", "web page or a drawing"),
        (KEPT["board.png"], "plan.pdf", "content is that of a .png"),
        (docx(word___vbaProject__bin=b"x"), "plan.docx", "macros"),
        (bomb(30_000_000), "plan.docx", "far more than its size"),
        (PDF, "plan.pdf.exe", "files of this kind"),
        (PDF, "plan.exe.pdf", "two endings"),
        (PDF, "plan\u202efdp.exe", "files of this kind"),
        (PDF + bytes(21 * 1024 * 1024), "plan.pdf", "larger than 20 MB"),
    ],
)
def test_a_file_that_is_refused_takes_nothing_else_of_the_form_with_it(
    site: Site, path: str, lead: Visitor, content: bytes, name: str, said: str
):
    of = site.open_round()

    page = upload(lead, path, content, name, title="A long title", standard="personalised-support:S03", round=of.id)

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert said in page.words(".govuk-error-summary li")[0]
    assert page.select("#file-error")
    assert page.select("input[name=title]")[0].get("value") == "A long title"
    assert [each.get("value") for each in page.select("option[selected]")] == ["personalised-support:S03", of.id]
    assert page.select("input[name=agreed][checked]")
    assert kept(site) == ()
    assert files(site) == []


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": ""}, "Give a title"),
        ({"title": "a\x00b"}, "cannot be seen"),
        ({"standard": "personalised-support:S99"}, "Choose a standard"),
        ({"round": "nothing"}, "Choose a round"),
        ({"agreed": ""}, "has agreed"),
        ({"new_id": "../../x"}, "Invalid"),
    ],
)
def test_what_is_missing_is_said(site: Site, path: str, lead: Visitor, form: dict, said: str):
    page = upload(lead, path, **form)

    assert page.status == 422
    assert said in page.text
    assert files(site) == []


def test_without_a_file_nothing_is_kept(site: Site, path: str, lead: Visitor):
    page = lead.fill_in(f"{path}/new", {"title": "How we plan"})

    assert "Choose a file" in page.said
    assert kept(site) == ()


def test_what_is_far_too_large_is_refused_in_words_and_there_is_room_on_this_page_alone(
    site: Site, path: str, lead: Visitor
):
    page = upload(lead, path, bytes(41 * 1024 * 1024))
    assert page.status == 413
    assert "larger than 20 MB" in page.said

    assert lead.post(f"{path}/x", {"title": "x" * 100_000}).status == 413
    assert lead.post("/rounds/new", {"survey": "x" * 100_000}).status == 413


@pytest.mark.parametrize("who", [None, "coordinator", "other lead"])
def test_there_is_room_for_those_alone_who_may_add(site: Site, path: str, who: str | None):
    assert site.visitor(who).post(f"{path}/new", {"title": "x" * 100_000}).status == 413


def test_a_form_that_is_sent_twice_keeps_one_file(site: Site, path: str, lead: Visitor):
    first = upload(lead, path, new_id="0123456789abcdef")
    second = upload(lead, path, new_id="0123456789abcdef")

    assert first.status == second.status == 303
    assert len(kept(site)) == len(files(site)) == 1


def test_the_file_lies_locked_where_no_address_leads(site: Site, path: str, lead: Visitor):
    upload(lead, path)

    (only,) = files(site)
    assert site.settings.home in only.parents
    assert PDF[:8] not in only.read_bytes()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600
    for address in (f"/evidence/{only.name}", f"/static/../evidence/{only.name}", f"{path}/..%2f{only.name}/file"):
        assert lead.get(address).status == 404


@pytest.mark.parametrize("nasty", NASTY)
def test_a_name_or_a_title_is_shown_as_words_wherever_it_stands(site: Site, path: str, lead: Visitor, nasty: str):
    of = site.open_round()
    upload(lead, path, name=f"{nasty}.pdf", title=nasty, round=of.id)

    for page in (lead.get(path), lead.get(own(site, path)), lead.get(f"{own(site, path)}/delete")):
        assert nasty in page.said
        assert not page.select("main script, main img")
    assert " ".join(kept(site)[0].file_name.split()) == f"{nasty}.pdf".rpartition("/")[2]


@pytest.mark.parametrize("name", [*(f"{each}.pdf" for each in NASTY), "../../x.pdf", "a\u202eb.pdf", 'a"; x="y.pdf'])
def test_a_file_is_only_ever_saved_and_never_shown(site: Site, path: str, lead: Visitor, name: str):
    upload(lead, path, name=name)

    headers = lead.get(f"{own(site, path)}/file").response.headers
    disposition = headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename")
    assert "filename*=UTF-8''" in disposition or kept(site)[0].file_name.isascii()
    assert not set(disposition) & {"\r", "\n", "\u202e"}
    assert ".." not in disposition
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"


def test_a_header_cannot_be_added_through_a_file_s_name(site: Site, path: str, lead: Visitor):
    page = lead.get(f"{path}/new")
    fields = {
        "csrf_token": CSRF.search(page.text)[1], "new_id": "0" * 16, "title": "x", "standard": "", "round": "",
        "agreed": "y",
    }  # fmt: skip
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    name = "x%0d%0aSet-Cookie: a=b.pdf\"; filename*=UTF-8''x%0D%0ASet-Cookie%3A%20a%3Db.pdf"
    parts += f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}\r\n\r\n'
    body = parts.encode() + PDF + b"\r\n--b--\r\n"
    answer = Page(lead.client.post(f"{path}/new", data=body, content_type="multipart/form-data; boundary=b"))

    assert answer.status == 303, answer.said
    headers = lead.get(f"{own(site, path)}/file").response.headers
    assert headers.getlist("Set-Cookie") == [] or "a=b" not in str(headers.getlist("Set-Cookie"))
    assert "\n" not in headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("lines", "status", "said"),
    [
        ("cat > /dev/null; exit 1", 422, "something dangerous"),
        ("exit 2", 409, "could not be checked for viruses now"),
    ],
)
def test_what_a_scanner_does_not_call_clean_is_not_kept_and_nothing_typed_is_lost(
    site: Site, path: str, lead: Visitor, lines: str, status: int, said: str
):
    use_scanner(site, lines)

    page = upload(lead, path, title="A long title")

    assert page.status == status
    assert said in page.words(".govuk-error-summary li")[0]
    assert page.select("input[name=title]")[0].get("value") == "A long title"
    assert files(site) == []
    use_scanner(site, "cat > /dev/null")
    assert upload(lead, path).status == 303


def test_two_people_who_change_the_same_title_see_each_other_s(site: Site, path: str, lead: Visitor):
    upload(lead, path)
    mine = label(lead, own(site, path), title="Mine")
    lead.fill_in(own(site, path), label(lead, own(site, path), title="Theirs"))

    page = lead.post(own(site, path), mine)
    assert page.status == 409
    assert "Somebody else changed this meanwhile" in page.said
    assert page.words("h1") == ["Theirs"]
    assert page.select("input[name=title]")[0].get("value") == "Mine"
    hidden = {each.get("name"): each.get("value") for each in page.select("main form input[type=hidden]")}
    assert lead.post(own(site, path), {**mine, **hidden}).status == 303
    assert kept(site)[0].label.title == "Mine"


def test_a_title_that_is_refused_is_said_on_the_page_of_the_file(site: Site, path: str, lead: Visitor):
    upload(lead, path)

    page = lead.fill_in(own(site, path), label(lead, own(site, path), title=" "))
    assert page.status == 422
    assert "Give a title" in page.said
    assert page.words("h1") == ["How we plan"]


def test_a_member_of_the_team_sees_and_saves_and_changes_nothing(site: Site, path: str, lead: Visitor):
    upload(lead, path)
    member, address = site.visitor("member"), own(site, path)

    listed = member.get(path)
    assert "How we plan" in listed.said
    assert "Add a file" not in listed.said
    assert "Add one" not in listed.said
    shown = member.get(address)
    assert not shown.select("main form")
    assert "Delete" not in shown.said
    assert member.get(f"{address}/file").response.data == PDF
    site.app.config["WTF_CSRF_ENABLED"] = False
    for attempt in ("", "/delete", "/bring-back"):
        assert member.post(address + attempt).status == 404
    assert member.get(f"{path}/new").status == member.post(f"{path}/new").status == 404
    assert len(kept(site)) == 1
    lead.post(f"{address}/delete")
    assert "Deleted" not in member.get(path).said


def test_a_contributor_adds_and_deletes(site: Site, path: str):
    contributor = site.visitor("contributor")

    assert upload(contributor, path).status == 303
    assert contributor.fill_in(f"{own(site, path)}/delete").status == 303
    assert kept(site) == ()


@pytest.mark.parametrize(
    "who", ["other lead", "other member", "coordinator", "checker", "safeguarding", "administrator"]
)
def test_nobody_else_sees_that_there_is_anything(site: Site, path: str, lead: Visitor, who: str):
    upload(lead, path)
    visitor, address = site.visitor(who), own(site, path)
    site.app.config["WTF_CSRF_ENABLED"] = False

    for page in (path, f"{path}/new", address, f"{address}/file", f"{address}/delete"):
        assert visitor.get(page).status == 404
    for page in (f"{path}/new", address, f"{address}/delete", f"{address}/bring-back"):
        assert visitor.post(page).status == 404
    theirs = address.replace(site.provider.id, site.other_provider.id)
    assert visitor.get(f"{theirs}/file").status == 404
    assert site.visitor().get(f"{address}/file").status == 303
    assert len(kept(site)) == 1


def test_evidence_is_reached_from_the_rounds_and_from_a_round(site: Site, path: str, lead: Visitor):
    of = site.open_round()

    for page in ("/rounds", f"/rounds/{of.id}"):
        assert path in [each.get("href") for each in lead.get(page).select("main a")]
