"""Signing in at a network's own identity provider, against a real one on loopback."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import text

from app.organisations import INSTALLATION, Membership, Role
from app.outgoing import Caller, CallRules
from app.services import accounts, signing_on
from app.services.signing_on import Client
from app.storage import accounts as stored_accounts
from app.web.sign_on import views
from tests.identity_provider import CLIENT_ID, SECRET, IdentityProvider
from tests.site import Page, Site, Visitor, make_site

FAILED = "We could not sign you in"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider().open() as opened:
        yield opened


@pytest.fixture
def network_site(
    sqlite_files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, provider: IdentityProvider
) -> Iterator[Site]:
    monkeypatch.setenv("DRIVING_SEAT_OUTGOING_PRIVATE_HOSTS", provider.issuer)
    made = make_site(tmp_path, sqlite_files.new_url())
    set_up(made, provider)
    confirm(made, provider.email)
    yield made
    made.close()


def set_up(site: Site, provider: IdentityProvider, *, is_second_factor: bool = True, network_id: str = "") -> str:
    caller = Caller(CallRules.of(provider.issuer))
    client = Client(provider.issuer, CLIENT_ID, SECRET)
    return signing_on.set_sign_on(
        site.database, site.settings.keys(), caller, network_id or site.network.id, client,
        name="Northern Housing", is_second_factor=is_second_factor,
    ).id  # fmt: skip


def confirm(site: Site, email: str) -> None:
    with site.database.writing() as connection:
        account_id = stored_accounts.id_of(connection, email)
        assert account_id is not None
        stored_accounts.confirm(connection, account_id, datetime(2026, 11, 1, tzinfo=UTC))


def out(visitor: Visitor) -> str:
    """Press the button, and return where the browser is sent."""
    (button,) = visitor.get("/sign-in").select("a[href^='/sign-in/with/']")
    sent = visitor.get(button.get("href"))
    assert sent.status == 303, sent.said
    return sent.response.headers["Location"]


def back(site: Site, provider: IdentityProvider, visitor: Visitor | None = None) -> tuple[Visitor, Page]:
    visitor = visitor or site.visitor()
    return visitor, visitor.get(provider.sign_in(out(visitor)))


def connected(site: Site, provider: IdentityProvider, title: str = "Connect your account") -> tuple[Visitor, Page]:
    visitor, page = back(site, provider)
    assert page.title.startswith(title), page.said
    (form,) = page.select("form[action$='/finish']")
    (token,) = page.select("form[action$='/finish'] input[name=csrf_token]")
    return visitor, visitor.post(form.get("action"), {"csrf_token": token.get("value")})


def again(site: Site, provider: IdentityProvider) -> tuple[Visitor, Page]:
    return connected(site, provider, "Go on to Driving Seat")


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/rounds").status == 200


def test_somebody_says_yes_once_and_then_signs_in_without_a_password(network_site: Site, provider: IdentityProvider):
    visitor, page = connected(network_site, provider)
    assert (page.status, page.response.headers["Location"]) == (303, "/rounds")
    assert is_in(visitor)

    visitor, page = again(network_site, provider)
    assert (page.status, is_in(visitor)) == (303, True)


def test_coming_back_changes_nothing_before_the_yes(network_site: Site, provider: IdentityProvider):
    visitor, page = back(network_site, provider)

    assert page.status == 200
    assert not is_in(visitor)
    with network_site.database.reading() as connection:
        assert connection.execute(text("SELECT * FROM sign_on_account")).all() == []


def test_the_page_that_one_comes_back_to_can_be_opened_again(network_site: Site, provider: IdentityProvider):
    visitor = network_site.visitor()
    path = provider.sign_in(out(visitor))

    assert visitor.get(path).said == visitor.get(path).said
    assert [each.path for each in provider.server.asked].count("/token") == 1


def test_what_is_sent_to_the_provider_is_what_the_standard_wants(network_site: Site, provider: IdentityProvider):
    visitor = network_site.visitor()
    first, second = out(visitor), out(visitor)

    assert first.startswith(f"{provider.issuer}/authorize?response_type=code&scope=openid+email&client_id=driving-seat")
    assert "code_challenge_method=S256" in first
    assert not set(first.split("&")[4:7]) & set(second.split("&")[4:7])
    assert SECRET not in first


def test_from_then_on_the_identity_counts_and_not_the_address(network_site: Site, provider: IdentityProvider):
    connected(network_site, provider)

    provider.email = "somebody.else@example.org"
    visitor, page = again(network_site, provider)
    assert (page.status, is_in(visitor)) == (303, True)

    provider.subject, provider.email = "u-2", "lead@example.org"
    visitor, page = back(network_site, provider)
    assert (page.status, is_in(visitor)) == (403, False)
    assert page.title.startswith(FAILED)


Cheat = Callable[[IdentityProvider], object]


A_YEAR = 365 * 24 * 60 * 60  # longer than any run of the tests, which begins by reading the clock here


def claiming(**claims: object) -> Cheat:
    return lambda provider: provider.claims.update(claims)


def describing(**described: str) -> Cheat:
    return lambda provider: provider.described.update(described)


def setting(**values: object) -> Cheat:
    return lambda provider: [setattr(provider, name, value) for name, value in values.items()]


CHEATS: dict[str, Cheat] = {
    "address not verified": claiming(email_verified=False),
    "address verified in words": claiming(email_verified="true"),
    "nothing about the address": claiming(email=None),
    "another address": setting(email="nobody@example.org"),
    "not an address": setting(email="lead@example.org\r\nx"),
    "another issuer": claiming(iss="https://evil.example"),
    "for somebody else": claiming(aud="another"),
    "for several, none of whom asked": claiming(aud=["another", CLIENT_ID]),
    "asked for by another": claiming(azp="another"),
    "too old": claiming(exp=int(time.time()) - 600),
    "without an end": claiming(exp=None),
    "not yet": claiming(nbf=int(time.time()) + A_YEAR),
    "of another attempt": claiming(nonce="another"),
    "of no attempt": claiming(nonce=None),
    "without a subject": claiming(sub=None),
    "with an empty subject": claiming(sub=""),
    "with a number for a subject": claiming(sub=7),
    "not signed": setting(algorithm="none"),
    "signed with what both know": setting(algorithm="HS256", signed_with=OctKey.import_key(SECRET.ljust(32, "="))),
    "signed by another": setting(signed_with=RSAKey.generate_key(2048, {"kid": "1"})),
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS)
def test_a_token_that_proves_nothing_lets_nobody_in(network_site: Site, provider: IdentityProvider, cheat: Cheat):
    honest = network_site.visitor()
    address = out(honest)
    cheat(provider)

    page = honest.get(provider.sign_in(address))

    assert (page.status, page.title.partition(" –")[0].startswith(FAILED)) == (403, True)
    assert "example.org" not in page.text
    assert not is_in(honest)


def test_a_key_known_to_all_signs_nothing(network_site: Site, provider: IdentityProvider):
    """The provider's public key, used as a shared secret."""
    visitor = network_site.visitor()
    address = out(visitor)
    provider.algorithm = "HS256"
    provider.signed_with = OctKey.import_key(provider.key.as_dict(private=False)["n"])

    assert visitor.get(provider.sign_in(address)).status == 403


@pytest.mark.parametrize(
    "cheat",
    [
        describing(issuer="https://evil.example"),
        describing(authorization_endpoint="javascript:alert(1)"),
        describing(authorization_endpoint="http://evil.example/"),
        describing(authorization_endpoint="https://a@evil.example/"),
        describing(jwks_uri=7),  # type: ignore[arg-type]
    ],
)
def test_a_description_that_leads_elsewhere_is_not_followed(
    network_site: Site, provider: IdentityProvider, cheat: Cheat
):
    cheat(provider)
    (button,) = network_site.visitor().get("/sign-in").select("a[href^='/sign-in/with/']")

    assert network_site.visitor().get(button.get("href")).status == 403


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("target", ["https://127.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd"])
def test_a_description_cannot_turn_this_server_against_its_own_network(
    network_site: Site, provider: IdentityProvider, name: str, target: str
):
    visitor = network_site.visitor()
    address = out(visitor)
    provider.described[name] = target

    assert visitor.get(provider.sign_in(address)).status == 403


def test_a_way_back_is_used_once_by_the_browser_that_went_out_and_in_its_time(
    network_site: Site, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
):
    mine, stranger = network_site.visitor(), network_site.visitor()
    path = provider.sign_in(out(mine))
    out(stranger)

    assert stranger.get(path).status == 403
    assert network_site.visitor().get(path).status == 403
    assert mine.get(path.replace("state=", "state=x")).status == 403
    assert mine.get(path).status == 403

    address, now = out(mine), time.time()
    with monkeypatch.context() as later:
        later.setattr(views.time, "time", lambda: now + 601)
        assert mine.get(provider.sign_in(address)).status == 403


def test_what_the_provider_refuses_has_the_same_page(network_site: Site, provider: IdentityProvider):
    visitor = network_site.visitor()
    path = provider.sign_in(out(visitor))

    page = visitor.get(f"{path.partition('?')[0]}?error=access_denied&{path.rpartition('&')[2]}")

    assert (page.status, page.title.startswith(FAILED)) == (403, True)


def test_nobody_connects_what_did_not_come_back_in_their_browser(network_site: Site, provider: IdentityProvider):
    _, page = back(network_site, provider)
    (form,) = page.select("form[action$='/finish']")
    visitor = network_site.visitor()

    page = visitor.fill_in("/sign-in", {}, to=form.get("action"))

    assert (page.status, is_in(visitor)) == (403, False)


@pytest.mark.parametrize(
    ("role", "organisation"), [(Role.ADMINISTRATOR, INSTALLATION), (Role.COORDINATOR, "another network")]
)
def test_a_network_does_not_speak_for_whoever_reaches_beyond_it(
    network_site: Site, provider: IdentityProvider, role: Role, organisation: str
):
    connected(network_site, provider)
    with network_site.database.writing() as connection:
        (lead_id,) = connection.execute(text("SELECT id FROM account WHERE email = 'lead@example.org'")).one()
        stored_accounts.add_membership(connection, lead_id, Membership(role, organisation))

    visitor, page = back(network_site, provider)
    assert (page.status, is_in(visitor)) == (403, False)


def test_a_network_speaks_for_nobody_of_another_one_and_for_nobody_who_left(
    network_site: Site, provider: IdentityProvider
):
    provider.email = "other-coordinator@example.org"
    confirm(network_site, provider.email)
    assert back(network_site, provider)[1].status == 403
    provider.email = "lead@example.org"
    connected(network_site, provider)
    with network_site.database.writing() as connection:
        connection.execute(text("UPDATE account SET active = false WHERE email = 'lead@example.org'"))
    assert back(network_site, provider)[1].status == 403


def test_an_account_whose_address_nobody_confirmed_is_not_its_address_holders(
    network_site: Site, provider: IdentityProvider
):
    provider.email = "coordinator@example.org"
    assert back(network_site, provider)[1].status == 403
    confirm(network_site, provider.email)
    assert back(network_site, provider)[1].status == 200


@pytest.mark.parametrize("is_second_factor", [True, False])
def test_a_provider_stands_for_the_second_step_only_where_that_was_said(
    network_site: Site, provider: IdentityProvider, is_second_factor: bool
):
    set_up(network_site, provider, is_second_factor=is_second_factor)
    connected(network_site, provider)

    with network_site.database.reading() as connection:
        (kept,) = connection.execute(text("SELECT has_second_factor FROM account_session")).scalars()
    assert bool(kept) is is_second_factor


def test_nobody_gets_an_account_by_signing_on(network_site: Site, provider: IdentityProvider):
    provider.email = "new@example.org"

    assert back(network_site, provider)[1].status == 403
    assert not accounts.account_exists(network_site.database, "new@example.org")


def test_a_provider_that_takes_the_secret_in_the_form_gets_it_there(network_site: Site, provider: IdentityProvider):
    provider.described["token_endpoint_auth_methods_supported"] = ["client_secret_post"]

    assert is_in(connected(network_site, provider)[0])
    assert "authorization" not in next(each for each in provider.server.asked if each.path == "/token").headers


def test_another_issuer_forgets_every_identity_and_the_same_one_none(network_site: Site, provider: IdentityProvider):
    connected(network_site, provider)
    first = set_up(network_site, provider)
    assert again(network_site, provider)[1].status == 303

    with IdentityProvider().open() as other:
        assert set_up(network_site, other) == first
    with network_site.database.reading() as connection:
        assert connection.execute(text("SELECT * FROM sign_on_account")).all() == []


def test_neither_the_secret_nor_who_somebody_is_there_is_stored_as_it_is(
    network_site: Site, provider: IdentityProvider
):
    provider.subject = "mair.at.northern"
    connected(network_site, provider)

    with network_site.database.reading() as connection:
        stored = str(
            [connection.execute(text(f"SELECT * FROM {name}")).all() for name in ("sign_on", "sign_on_account")]
        )
    assert SECRET not in stored
    assert "mair" not in stored


def test_the_pages_are_there_in_welsh_as_far_as_they_are_translated(network_site: Site, provider: IdentityProvider):
    network_site.language = "cy"

    _, page = back(network_site, provider)

    assert page.select("html")[0].get("lang") == "cy"
