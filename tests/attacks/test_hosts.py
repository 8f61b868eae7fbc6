"""The host that a request names: it is in the attacker's hand, and must never stand in a letter's link."""

import pytest

from app.web import create_app
from tests.attacks.furnished import Furnished
from tests.letters import forget_letters, letters
from tests.site import CSRF, Visitor

EVIL = (
    "evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:80@evil.example",
    "evil.example#localhost", "127.0.0.1.evil.example", "localhost evil.example", "[::1].evil.example",
    "evil.example:80",
)  # fmt: skip
CLAIMS = (
    "X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "Forwarded", "X-Original-URL",
    "X-Rewrite-URL", "X-Original-Host",
)  # fmt: skip


@pytest.mark.parametrize("host", EVIL)
def test_a_strange_host_is_answered_nothing(furnished: Furnished, host: str):
    for path in ("/", "/sign-in", "/reset", f"/a/{furnished.known['token']}"):
        page = furnished.site.visitor().get(path, headers={"Host": host})
        assert page.status == 400
        assert "evil" not in page.text


@pytest.mark.parametrize("path", ["/reset", "/sign-in/letter"])
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_letter_s_link_leads_here_whatever_host_the_request_claims(furnished: Furnished, path: str, proxies: int):
    site = furnished.site
    app = create_app(site.settings.model_copy(update={"proxies": proxies}))
    app.extensions["driving_seat_settings"] = site.settings
    visitor = Visitor(app)
    token = CSRF.search(visitor.get(path).text)
    assert token
    for name in CLAIMS[:5]:
        forget_letters(site)
        claim = "host=evil.example" if name == "Forwarded" else "evil.example"
        visitor.post(path, {"email": site.people["lead"], "csrf_token": token[1]}, headers={name: claim})
        (letter,) = letters(site)
        assert "evil" not in letter.text
        assert site.settings.base_url in letter.text
    app.extensions["driving_seat_database"].close()


@pytest.mark.parametrize("who", [None, "lead", "coordinator"])
def test_no_page_repeats_a_host_that_a_request_claims(furnished: Furnished, who: str | None):
    claims = dict.fromkeys(CLAIMS, "evil.example") | {"Forwarded": "host=evil.example;proto=https"}
    for path in ("/", "/sign-in", "/rounds", "/networks", "/account", "/nowhere"):
        page = furnished.visitor(who).get(path, headers=claims)
        assert "evil.example" not in page.text
        assert "evil.example" not in page.response.headers.get("Location", "")


def test_links_to_hand_over_begin_with_our_own_address(furnished: Furnished):
    lead = furnished.visitor("lead")
    path = f"/rounds/{furnished.known['round_id']}"
    page = lead.fill_in(path, {"audience": "person", "count": "2"}, f"{path}/invite")
    own = furnished.site.settings.base_url
    assert f"{own}/a/" in page.text
