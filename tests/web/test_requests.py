"""What is asked in odd ways: other methods, names given twice, other encodings; and that answers say what they are."""

import ast
import re
from pathlib import Path

import pytest

from app.services.organising import add_provider
from app.services.rounds import open_round
from tests.days import TODAY
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


def test_no_code_is_made_of_text_and_no_query_is_put_together():
    """A query's text is fixed, but for our own tables' names and numbers. No shell, no pickle, no template of text."""
    own = {("database.py", "_vacuum"), ("database.py", "_truncate_log"), ("database.py", "_begin_sqlite")}
    found = set()
    for path in [*SOURCES, ROOT / "config.py"]:
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for function in [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]:
            found |= {(path.name, function.name) for call in calls(function) if is_dangerous(call)}
        names = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
        assert not names & {"pickle", "marshal", "shelve"}, path
    assert found == own


def calls(function: ast.FunctionDef) -> list[ast.Call]:
    return [each for each in ast.walk(function) if isinstance(each, ast.Call)]


def is_dangerous(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    has_shell = any(each.arg == "shell" for each in call.keywords)
    is_query = name in {"text", "exec_driver_sql", "literal_column"}
    is_made = any(not isinstance(each, ast.Constant) for each in call.args[:1])
    is_code = name in {"eval", "exec", "render_template_string", "from_string", "system"} or has_shell
    return is_code or (is_query and is_made and name != "literal_column")


def test_words_that_look_like_code_of_any_kind_are_shown_as_they_were_typed(site: Site):
    hostile = "{{ 7*7 }} ${7*7} %(x)s %s {0.__class__} '; DROP TABLE round; -- \"><img src=x onerror=a>"
    provider = add_provider(site.database, hostile)
    of = open_round(site.database, provider.id, "personalised-support", on=TODAY)

    page = site.visitor().get(site.link(of))

    assert hostile in page.said
    assert "49" not in page.said
    assert not page.select("img[onerror]")
    assert site.visitor("lead").get("/rounds").status == 200
