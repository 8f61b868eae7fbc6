"""Links and their secrets: changed, cut short, used twice, and used where they do not belong."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.attacks.furnished import Furnished
from tests.letters import forget_letters, letters, link_in

OPENS_NOTHING = (302, 303, 404, 409, 410)
SAYS_THE_SAME_TO_ALL = ("/stop/",)
"""Whoever opens it learns nothing, and the button stops letters to an address that only the right secret names."""


@dataclass(frozen=True)
class Link:
    before: str
    secret: str


def links(of: Furnished) -> list[Link]:
    """Return a link of every kind that works now."""
    site, person = of.site, of.site.people["member"]
    forget_letters(site)
    for path in ("/reset", "/sign-in/letter"):
        site.visitor().fill_in(path, {"email": person})
    lead = of.visitor("lead")
    lead.fill_in("/account/address", {"email": "newer@example.org"})
    site.invite_colleague(site_membership(of), "newest@example.org")
    paths = [link_in(site, each) for each in letters(site)]
    paths += [f"/a/{of.known['token']}", f"/s/{of.known['share_token']}", f"/join-network/{of.known['secret']}"]
    return [Link(path.rpartition("/")[0] + "/", path.rpartition("/")[2]) for path in paths]


def site_membership(of: Furnished):
    from app.organisations import Membership, Role

    return Membership(Role.MEMBER, of.site.provider.id)


def opens(of: Furnished, path: str) -> bool:
    """Say whether an address opens something, for a stranger and for somebody who is signed in."""
    of.forget_tries()
    visitors = [of.site.visitor(), of.visitor("lead")] if "/join-network/" in path else [of.site.visitor()]
    return any(visitor.get(path).status not in OPENS_NOTHING for visitor in visitors)


def wrong(secret: str) -> Iterator[str]:
    """Yield secrets that are nearly right."""
    middle = len(secret) // 2
    yield secret[:-1]
    yield secret[:middle]
    yield secret * 2
    yield secret[:middle] + ("A" if secret[middle] != "A" else "B") + secret[middle + 1 :]
    yield f"{secret}%20" if "." in secret else f"x{secret}"
    yield secret.swapcase() if not secret.isupper() else secret[::-1]
    yield "0" * len(secret)


def test_every_link_that_is_used_here_works(furnished: Furnished):
    """What the tests of this file change has to be right before it is changed."""
    found = links(furnished)
    assert {each.before for each in found} >= {"/reset/", "/sign-in/letter/", "/join/", "/a/", "/s/", "/join-network/"}
    assert [each.before for each in found if not opens(furnished, each.before + each.secret)] == []


def test_a_secret_that_is_nearly_right_opens_nothing(furnished: Furnished):
    opened = [
        each.before
        for each in links(furnished)
        if each.before not in SAYS_THE_SAME_TO_ALL
        for secret in wrong(each.secret)
        if opens(furnished, each.before + secret)
    ]
    assert opened == []


def test_a_secret_of_one_kind_opens_nothing_of_another(furnished: Furnished):
    """A link to sign in with is no link to choose a password with, and so for every two kinds."""
    found = links(furnished)
    opened = [
        f"{mine.before} with that of {other.before}"
        for mine in found
        for other in found
        if mine.before != other.before and mine.before not in SAYS_THE_SAME_TO_ALL
        if opens(furnished, mine.before + other.secret)
    ]
    assert opened == []


@pytest.mark.parametrize("path", ["/reset/", "/sign-in/letter/"])
def test_a_link_that_was_used_is_worth_nothing(furnished: Furnished, path: str):
    (link,) = [each for each in links(furnished) if each.before == path]
    whole = link.before + link.secret
    password = "violet tractors hum at noon"
    assert furnished.site.visitor().fill_in(whole, {"password": password, "password_confirm": password}).status in (
        302, 303,
    )  # fmt: skip
    again = furnished.site.visitor()
    assert again.get(whole).status == 410
    assert again.fill_in("/sign-in", {"password": password, "password_confirm": password}, to=whole).status == 410
    assert again.get("/account").status == 303


def test_a_link_signed_with_another_key_opens_nothing(furnished: Furnished):
    from itsdangerous import URLSafeTimedSerializer

    for salt in ("reset-salt", "login-salt", "confirm-salt", "change-email-salt", ""):
        forged = URLSafeTimedSerializer("k" * 64, salt=salt).dumps(["1", "x"])
        for path in ("/reset/", "/sign-in/letter/", "/account/confirm/", "/account/address/"):
            assert not opens(furnished, path + forged), path


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256"])
def test_a_token_that_says_itself_how_it_is_signed_is_no_session(furnished: Furnished, algorithm: str):
    """A JSON web token in place of the session, or in a header: this site takes none, whatever it claims."""
    import base64
    import json

    def part(found: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(found).encode()).rstrip(b"=").decode()

    token = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part({'sub': '1', 'user_id': 1, '_user_id': '1'})}."
    visitor = furnished.site.visitor()
    visitor.client.set_cookie("session", token)
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"Authentication-Token": token}, {"X-Auth": token}):
        assert visitor.get("/account", headers=headers).status == 303
        assert visitor.get("/rounds", headers=headers, query_string={"auth_token": token}).status == 303
