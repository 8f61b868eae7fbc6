"""Finding out who has an account, or which link exists, from what is said and from how much work it takes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from tests.attacks.furnished import Furnished
from tests.site import Page, Site

NOBODY = "nobody-at-all@example.org"
NEW = re.compile(r'nonce="[^"]+"|(name="csrf_token"|name="new_id"|name="back") [^>]*value="[^"]*"|id="csrf_token"[^>]*')
CALLS = {
    "sign in": lambda site, email: site.visitor().fill_in(
        "/sign-in", {"email": email, "password": "wrong wrong wrong"}
    ),
    "reset": lambda site, email: site.visitor().fill_in("/reset", {"email": email}),
    "letter": lambda site, email: site.visitor().fill_in("/sign-in/letter", {"email": email}),
}
"""What a stranger does with an address."""


def bare(page: Page, *typed: str) -> str:
    """Return a page without what is new in each request and what was typed."""
    text = NEW.sub("", page.text)
    for each in typed:
        text = text.replace(each, "")
    return text


def headers(page: Page) -> set[str]:
    return {name for name, _ in page.response.headers}


@contextmanager
def counted_hashes(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note how often something is hashed or compared slowly: what takes long enough to be measured."""
    library = site.app.extensions["security"].pwd_context
    done: list[str] = []

    def counting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*words: object, **more: object) -> object:
            done.append(name)
            return real(*words, **more)

        return call

    with monkeypatch.context() as patch:
        for name in ("hash", "verify", "verify_and_update"):
            patch.setattr(library, name, counting(name, getattr(library, name)))
        yield done


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_an_address_with_an_account_and_one_without_are_answered_alike(
    furnished: Furnished, call: Callable[[Site, str], Page]
):
    site, known = furnished.site, furnished.site.people["lead"]
    there, not_there = call(site, known), call(site, NOBODY)
    assert there.status == not_there.status
    assert bare(there, known) == bare(not_there, NOBODY)
    assert headers(there) == headers(not_there)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_both_take_the_same_work(
    furnished: Furnished, call: Callable[[Site, str], Page], monkeypatch: pytest.MonkeyPatch
):
    def work(email: str) -> int:
        with counted_hashes(furnished.site, monkeypatch) as done:
            call(furnished.site, email)
        return len(done)

    assert work(furnished.site.people["lead"]) == work(NOBODY)


@pytest.mark.parametrize("kept_out", ["by a wrong password", "by a second step"])
def test_a_password_that_is_right_is_the_only_thing_that_tells(furnished: Furnished, kept_out: str):
    """Whoever needs a second step is told so after the password alone, and after a wrong one as everybody is."""
    site, email = furnished.site, furnished.site.people["coordinator" if "second" in kept_out else "lead"]
    page = CALLS["sign in"](site, email)
    assert bare(page, email) == bare(CALLS["sign in"](site, NOBODY), NOBODY)


def test_an_invitation_does_not_tell_the_one_who_invites_who_has_an_account(furnished: Furnished):
    """The page after inviting is the same for an address with an account elsewhere and for a new one."""
    lead, site = furnished.visitor("lead"), furnished.site
    team = f"/providers/{site.provider.id}/team"

    def invited(email: str) -> str:
        page = lead.fill_in_whole(team, {"email": email, "role": "member"})
        assert page.status == 200, page.said
        return re.sub(r"/join/[A-Za-z0-9_-]+|[0-9a-f]{16}", "", bare(page, email))

    known = site.people["other coordinator"]
    first = invited(known)
    furnished.restore()
    assert first == invited(NOBODY)


def test_a_new_address_that_somebody_has_already_looks_like_one_that_nobody_has(furnished: Furnished):
    def asked(email: str) -> str:
        furnished.restore()
        return bare(furnished.visitor("lead").fill_in("/account/address", {"email": email}), email)

    assert asked(furnished.site.people["other lead"]) == asked(NOBODY)


@pytest.mark.parametrize("before", ["/a/", "/s/", "/join/", "/stop/", "/sign-in/letter/", "/reset/", "/join-network/"])
def test_every_link_that_never_was_says_the_same(furnished: Furnished, before: str):
    """Whatever it looks like: short, long, of the right shape, or of another kind."""
    shapes = ("A" * 20, "x", "0" * 64, furnished.known["round_id"], str(date.today()))
    lead = furnished.visitor("lead")
    pages = [(lead if before == "/join-network/" else furnished.site.visitor()).get(before + each) for each in shapes]
    assert len({page.status for page in pages}) == 1
    assert len({bare(page, *shapes) for page in pages}) == 1


def test_stopping_letters_says_the_same_to_a_right_link_and_to_a_wrong_one(furnished: Furnished):
    from tests.letters import letters

    found = {each for letter in letters(furnished.site) for each in re.findall(r"/stop/(\S+)", letter.text)}
    stranger = furnished.site.visitor()
    for token in sorted(found)[:1]:
        wrong = token[:-1] + ("A" if token[-1] != "A" else "B")
        assert bare(stranger.get(f"/stop/{token}"), token) == bare(stranger.get(f"/stop/{wrong}"), wrong)
        assert bare(stranger.post(f"/stop/{token}"), token) == bare(stranger.post(f"/stop/{wrong}"), wrong)
