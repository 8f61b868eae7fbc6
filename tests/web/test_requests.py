"""What is asked in odd ways: other methods, names given twice, other encodings; and that answers say what they are."""

import re
from pathlib import Path

import pytest

from tests.site import PASSWORD, Site
from tests.whole_app.test_access import paths

ROOT = Path(__file__).parents[2]
SOURCES = [*(ROOT / "app").rglob("*.py")]
TEMPLATES = [*(ROOT / "app/web/templates").rglob("*.html")]


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "SOMETHING"])
@pytest.mark.parametrize("path", ["/", "/sign-in", "/rounds", "/static/manifest.json"])
def test_a_method_that_a_page_is_not_made_for_is_refused(site: Site, method: str, path: str):
    answered = site.visitor("lead").client.open(path, method=method, data={"email": "x"})

    assert answered.status_code in {404, 405}
    assert "X-Echo" not in answered.get_data(as_text=True)


def test_what_is_repeated_in_an_address_or_a_form_counts_once(site: Site):
    """The first one counts, and what stands in an address never counts as if it were in the form."""
    visitor = site.visitor()
    token = visitor.get("/sign-in").select("input[name=csrf_token]")[0].get("value")
    wrong_first = {"csrf_token": token, "email": [site.people["lead"]], "password": ["wrong wrong wrong", PASSWORD]}
    in_address = {"csrf_token": token, "email": site.people["lead"]}

    assert visitor.client.post("/sign-in", data=wrong_first).status_code == 200
    assert visitor.client.post(f"/sign-in?password={PASSWORD.replace(' ', '+')}", data=in_address).status_code == 200
    assert visitor.get("/rounds").status == 303


def test_no_code_asks_for_a_value_wherever_it_may_stand():
    """`request.values` would take a form's field from the address."""
    assert [path for path in SOURCES if re.search(r"request\.values|CombinedMultiDict", path.read_text())] == []


def test_every_text_that_is_answered_names_its_characters(site: Site):
    unnamed = {}
    for who in ("lead", "coordinator", "checker", "auditor"):
        visitor = site.visitor(who)
        for name, (_, method, path) in paths(site).items():
            if method == "GET":
                answered = visitor.again().get(path).response
                kind = answered.headers.get("Content-Type", "")
                is_text = kind.startswith("text/") or "xml" in kind.partition(";")[0].rpartition(".")[2]
                if answered.data and (not kind or (is_text and "charset=utf-8" not in kind.replace('"', "").lower())):
                    unnamed[name] = kind
                answered.close()
    assert unnamed == {}


def test_what_pages_are_made_of_names_its_characters(site: Site):
    for each in (ROOT / "app/web/static/built").iterdir():
        answered = site.visitor().get(f"/static/{each.name}").response
        answered.close()
        kind = answered.headers["Content-Type"]
        if each.suffix in {".css", ".js", ".svg", ".html", ".txt"}:
            assert "charset" in kind, f"{each.name}: {kind}"


@pytest.mark.parametrize(
    "path", ["/static/", "/static", "/static/../config.py", "/static/%2e%2e/config.py", "/.git/config"]
)
def test_no_folder_is_listed_and_nothing_beside_the_built_files_is_served(site: Site, path: str):
    assert site.visitor().get(path).status == 404


def test_password_fields_hide_what_is_typed_and_let_it_be_pasted_and_filled_in(site: Site):
    fields = [
        field
        for path, who in (("/sign-in", None), ("/account/password", "lead"), ("/verify", "lead"))
        for field in site.visitor(who).get(path).select("input[name*=password]")
    ]

    assert len(fields) >= 5
    for field in fields:
        assert field.get("type") == "password"
        assert field.get("autocomplete") in {"current-password", "new-password"}
        assert field.get("maxlength") is None
    assert [path for path in TEMPLATES if re.search(r"\son(paste|copy|input|keydown)=", path.read_text())] == []


def test_no_script_of_ours_writes_markup_or_runs_text():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|postMessage|jsonp"
    )
    scripts = [*(ROOT / "assets/js").rglob("*.js")]

    assert len(scripts) > 10
    assert [path.name for path in scripts if forbidden.search(path.read_text())] == []
    assert [path.name for path in TEMPLATES if re.search(r"\son[a-z]+=\"|javascript:", path.read_text())] == []
