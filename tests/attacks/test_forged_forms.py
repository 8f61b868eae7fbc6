"""Cross-site request forgery: a form that another site sends in somebody's browser."""

import pytest

from tests.attacks.forms import filled
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, find_again, post

KIND = Hand("Kind words")
BY_LINK = frozenset({"answer", "shared", "come_back", "stop"})
"""Pages that a secret link opens: the link is the right, and no cookie adds one that another site could borrow."""

LOOK = "/look"
"""Changes how pages look in the browser that sends it, and nothing else."""


def guarded(of: Furnished, found: Found) -> bool:
    return endpoint_blueprint(of, found) not in BY_LINK and found.form.action != LOOK


def endpoint_blueprint(of: Furnished, found: Found) -> str:
    adapter = of.site.app.url_map.bind("localhost")
    return str(adapter.match(found.form.action.partition("?")[0], method="POST")[0]).partition(".")[0]


@pytest.mark.parametrize("token", ["none", "empty", "another session’s", "garbage"])
def test_no_form_is_taken_without_the_token_of_its_own_session(
    furnished: Furnished, all_forms: list[Found], token: str
):
    """Every form, right in every other way: it is refused, and nothing changes."""
    strange = furnished.site.visitor().get("/sign-in").select("input[name=csrf_token]")[0].get("value")
    given = {"none": {}, "empty": {"csrf_token": ""}, "garbage": {"csrf_token": "x" * 90}}
    before, taken, tried = furnished.rows(), [], 0
    for found in all_forms:
        if not guarded(furnished, found):
            continue
        visitor = furnished.visitor(found.who)
        form = find_again(visitor, found)
        if form is None:
            continue
        sent = filled(form, KIND.write, next(iter(form.variants())))
        assert sent.pop("csrf_token", None), found.form.action
        page = post(visitor, found.form.action, sent | given.get(token, {"csrf_token": strange}))
        tried += 1
        if page.status != 400:
            taken.append((found.form.action, page.status))
    assert taken == []
    assert furnished.rows() == before
    assert tried > 50


def test_every_route_that_is_posted_to_is_refused_without_a_token(furnished: Furnished):
    """Also those to which no page has a form: the sign-in library's, and those of scripts."""
    open_without = {}
    for who in furnished.signed_in:
        visitor = furnished.visitor(who)
        for rule, method, path in furnished.paths():
            if method == "POST" and rule.endpoint.partition(".")[0] not in BY_LINK and path != LOOK:
                page = visitor.post(path)
                if page.status not in (400, 404) and not page.response.headers.get("Location", "").startswith(
                    ("/sign-in", "/verify")
                ):
                    open_without[f"{who} {path}"] = page.status
    assert open_without == {}


def test_nothing_is_changed_by_an_address_alone(furnished: Furnished, all_forms: list[Found]):
    """What a form posts, asked for with GET: an image on another site could do that."""
    before = furnished.rows()
    for found in all_forms:
        visitor = furnished.visitor(found.who)
        form = find_again(visitor, found)
        if form is not None:
            sent = filled(form, KIND.write, next(iter(form.variants())), file_name=None)
            assert visitor.get(found.form.action.partition("?")[0], query_string=sent).status < 500
    assert furnished.rows() == before


def test_no_cookie_goes_along_with_what_another_site_posts(furnished: Furnished):
    cookies = furnished.signed_in["lead"].client._cookies.values()
    assert {each.key for each in cookies} == {"session"}
    page = furnished.site.visitor().fill_in("/sign-in", {"email": furnished.site.people["lead"], "password": "x"})
    for header in page.response.headers.getlist("Set-Cookie"):
        assert "SameSite=Lax" in header
        assert "HttpOnly" in header


def test_another_site_reads_nothing(furnished: Furnished):
    """No answer lets another origin read it, whatever origin asks."""
    for who in (None, "lead"):
        for _, method, path in furnished.paths():
            if method == "GET" and "specimen" not in path and not path.endswith(".pdf"):
                answered = furnished.visitor(who).get(path, headers={"Origin": "https://evil.example"}).response
                assert "Access-Control-Allow-Origin" not in answered.headers, path
                answered.close()
