"""Cookies that are garbage, cut short, signed with another key, of another link, or huge."""

import base64
import hashlib
import json
import zlib

import pytest
from flask.sessions import TaggedJSONSerializer
from itsdangerous import URLSafeTimedSerializer

from tests.attacks.furnished import Furnished
from tests.site import Visitor

COOKIES = ("session", "look", "is-this-you", "language", "remember_token", "csrf_token", "tf_validity")
GARBAGE = (
    "", "x", "....", "." * 3_000, "\xff\xfe", "a.b.c", "eyJ9", "null", "{}", "[]", "\"'><img src=x>", "large" * 3_000,
    "%00%0d%0aSet-Cookie:x=y", "=" * 50, "0" * 3_500, "large.dark.off.cy." * 100, "../../etc/passwd", "..",
    "normal.auto.on.xx", "normal.auto.on.../..", ".eJw", base64.b64encode(zlib.compress(b"0" * 200_000)).decode(),
)  # fmt: skip


@pytest.mark.parametrize("name", COOKIES)
def test_a_cookie_that_makes_no_sense_is_as_none(furnished: Furnished, name: str):
    """No page fails, nobody is signed in by it, and none of it stands in the page."""
    visitor, link = furnished.site.visitor(), f"/a/{furnished.known['token']}"
    visitor.client = furnished.site.app.test_client(use_cookies=False)  # sends what it is given, as it is
    for value in GARBAGE:
        cookie = {"HTTP_COOKIE": f"{name}={value}; {name}={value[::-1]}"}
        for path, status in (("/", 200), ("/sign-in", 200), ("/account", 303), (link, 200)):
            page = visitor.get(path, environ_overrides=cookie)
            assert page.status == status, (path, value[:40])
            assert "<img src=x>" not in page.text
        assert not visitor.get(link, environ_overrides=cookie).select("a[href$='/check']")


def session_of(visitor: Visitor) -> str:
    found = visitor.client.get_cookie("session")
    assert found is not None
    return str(found.value)


def with_session(of: Furnished, value: str) -> Visitor:
    visitor = of.site.visitor()
    visitor.client.set_cookie("session", value)
    return visitor


def test_a_session_that_is_cut_changed_or_lengthened_is_none(furnished: Furnished):
    whole = session_of(furnished.signed_in["lead"])
    assert with_session(furnished, whole).get("/rounds").status == 200
    changed = [
        whole[:-1],
        whole[1:],
        whole[:-4] + "AAAA",
        whole + "A",
        whole.replace(".", "", 1),
        whole[::-1],
        f".{whole}",
    ]
    middle = len(whole) // 3
    changed.append(whole[:middle] + ("A" if whole[middle] != "A" else "B") + whole[middle + 1 :])
    for value in changed:
        assert with_session(furnished, value).get("/rounds").status == 303


def test_a_session_signed_with_another_key_is_none(furnished: Furnished):
    """Its content is a true session's: it is the signature that is wrong."""
    payload = payload_of(furnished, session_of(furnished.signed_in["administrator"]))
    assert payload["_user_id"]
    for key in ("", "secret", "dev", "k" * 40, "changeme"):
        forged = URLSafeTimedSerializer(
            key, salt="cookie-session", serializer=TaggedJSONSerializer(),
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha1},
        ).dumps(payload)  # fmt: skip
        assert with_session(furnished, forged).get("/administration").status == 303


def test_a_session_is_a_secret_and_not_a_number_to_count_through(furnished: Furnished):
    """Nothing in it names the account: whoever could sign one would still have to guess a secret."""
    payload = payload_of(furnished, session_of(furnished.signed_in["lead"]))
    assert len(str(payload["_user_id"])) >= 32
    text = json.dumps(payload, default=str)
    assert "lead@example.org" not in text
    assert furnished.site.provider.id not in text


def payload_of(of: Furnished, session: str) -> dict:
    return dict(of.site.app.session_interface.get_signing_serializer(of.site.app).loads(session))


def test_the_cookie_that_knows_a_device_opens_its_own_link_alone(furnished: Furnished):
    """Taken to another link, or renamed into a session, it is worth nothing."""
    visitor = furnished.visitor()
    cookie = next(each for each in visitor.client._cookies.values() if each.key == "is-this-you")
    other = furnished.site.begun_link(furnished.site.open_round())
    stranger = furnished.site.visitor()
    stranger.client.set_cookie("is-this-you", cookie.value, path=other)
    assert stranger.get(f"{other}/check").select("input[name=is_me], button[name=is_me]")
    assert with_session(furnished, cookie.value).get("/account").status == 303
