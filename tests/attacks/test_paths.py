"""Ways out of a folder: `..`, absolute paths, and NUL, in names of files, in addresses and in every field."""

from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from tests.attacks.crawling import SLOW
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, post, type_everywhere
from tests.evidence_files import PDF
from tests.site import CSRF

OUT = "../../../../../../../../etc/passwd"
WAYS_OUT = (
    OUT, "..%2f..%2f..%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd", "....//....//etc/passwd", "/etc/passwd",
    "..\\..\\windows\\win.ini", "%2e%2e/%2e%2e/etc/passwd", "file:///etc/passwd", "%00", "plan.pdf%00.html", ".", "..",
    "secret-key", "../secret-key", "driving-seat.db",
)  # fmt: skip
NOT_OURS = ("root:x:", "kkkkkkkkkkkkkkkk", "SQLite format 3")


def files(folder: Path) -> set[Path]:
    return {each for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_no_address_leads_out_of_a_folder(furnished: Furnished, way: str):
    """Every part of every address, the pictures, the sounds and what was built."""
    lead, stranger = furnished.visitor("lead"), furnished.site.visitor()
    addresses = [f"/static/{way}", f"/audio/en/{way}", f"/audio/{way}/x.mp3", f"/{way}"]
    for rule, method, path in furnished.paths():
        if method == "GET" and not SLOW.search(path):
            addresses += [path.replace(furnished.value(rule, name), way) for name in rule.arguments]
    for path in dict.fromkeys(addresses):
        for visitor in (lead, stranger):
            answered = visitor.get(path).response
            text = answered.get_data().decode("utf-8", "replace")
            assert answered.status_code < 500, path
            assert [word for word in NOT_OURS if word in text] == [], path


def test_no_words_name_a_file(furnished: Furnished, all_forms: list[Found]):
    home = furnished.site.settings.home
    outside = files(home.parent) - files(home)
    tries = type_everywhere(furnished, Hand(OUT, "kind@example.org", OUT), all_forms)
    assert [each.endpoint for each in tries if each.page.status >= 500] == []
    assert files(home.parent) - files(home) == outside
    assert {each.name for each in files(home)} & {"passwd", "passwd.pdf", "passwd.mp3"} == set()


@pytest.mark.parametrize(
    "name", [f"{OUT}.pdf", "/etc/cron.d/x.pdf", "..\\..\\x.pdf", "C:\\boot.pdf", "con.pdf", ".pdf"]
)
def test_a_file_is_kept_under_a_name_of_our_own(furnished: Furnished, name: str):
    lead, folder = furnished.visitor("lead"), furnished.site.settings.evidence
    path = f"/providers/{furnished.site.provider.id}/evidence"
    before = files(folder)
    token = CSRF.search(lead.get(f"{path}/new").text)
    assert token
    form = {field.get("name"): field.get("value") for field in lead.get(f"{path}/new").select("input[name=new_id]")}
    sent = {"csrf_token": token[1], "title": "A plan", "understood": "y", "agreed": "y", "standard": "", **form}
    page = post(lead, f"{path}/new", {**sent, "file": FileStorage(BytesIO(PDF), name)})
    for made in files(folder) - before:
        assert made.name.isalnum()
        assert made.is_relative_to(folder)
    for each in lead.get(path).select(f"a[href^='{path}/']"):
        header = lead.get(f"{each.get('href')}/file").response.headers.get("Content-Disposition", "")
        assert "/" not in header.replace("*=UTF-8''", "")
        assert "\\" not in header
    assert page.status < 500
