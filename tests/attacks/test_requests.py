"""Requests that no browser sends: too large, too many parts, in strange ways, with the same thing twice."""

import pytest

from tests.attacks.crawling import SLOW
from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found
from tests.site import CSRF, PASSWORD

METHODS = ("PUT", "DELETE", "TRACE", "FOO")
HUGE = "x" * 300_000


def test_a_method_that_no_page_has_is_refused_everywhere(furnished: Furnished):
    lead, before, wrong = furnished.visitor("lead"), furnished.rows(), []
    for rule, path in {rule.rule: (rule, path) for rule, _, path in furnished.paths()}.values():
        for method in METHODS:
            answered = lead.client.open(path, method=method)
            if answered.status_code not in (404, 405):
                wrong.append((method, rule.rule, answered.status_code))
    assert wrong == []
    assert furnished.rows() == before


def test_a_method_named_in_a_header_or_a_field_is_not_the_method(furnished: Furnished):
    lead, before = furnished.visitor("lead"), furnished.rows()
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        lead.get(f"/providers/{furnished.site.provider.id}/archive", headers={name: "POST"})
        lead.post("/rounds", {"_method": "DELETE"}, headers={name: "DELETE"})
    assert furnished.rows() == before


def test_what_is_far_too_large_is_refused_wherever_it_is_sent(furnished: Furnished, all_forms: list[Found]):
    """As a body, in every form: in words, before it is looked at; where files are taken, a field is still small."""
    for found in all_forms:
        visitor = furnished.visitor(found.who)
        if not any(each.kind == "file" for each in found.form.fields) and "/stop/" not in found.form.action:
            page = visitor.post(found.form.action, {"csrf_token": "x", "name": HUGE})
            assert page.status in (400, 404, 413), found.form.action


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(furnished: Furnished):
    from io import BytesIO

    stream = BytesIO(b"email=" + b"x" * 300_000)
    page = furnished.site.visitor().client.post(
        "/sign-in", input_stream=stream, content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )  # fmt: skip
    assert page.status_code in (400, 413)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_packed_body_is_not_unpacked(furnished: Furnished, encoding: str):
    import gzip

    packed = gzip.compress(b"email=" + b"x" * 30_000_000)
    page = furnished.site.visitor().post("/sign-in", headers={"Content-Encoding": encoding}, input_stream=None)
    assert page.status == 400
    answered = furnished.site.visitor().client.post(
        "/sign-in", data=packed[:60_000], headers={"Content-Encoding": encoding},
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answered.status_code == 400


def test_many_fields_and_many_parts_are_refused_or_passed_over(furnished: Furnished):
    visitor = furnished.site.visitor()
    token = CSRF.search(visitor.get("/sign-in").text)
    assert token
    many = {f"f{number}": "" for number in range(5_000)}
    assert visitor.post("/sign-in", {"csrf_token": token[1], **many}).status in (200, 413)
    parts = "".join(f'--b\r\nContent-Disposition: form-data; name="f{number}"\r\n\r\n\r\n' for number in range(500))
    body = f"{parts}--b--\r\n".encode()
    answered = visitor.client.post("/sign-in", data=body, content_type="multipart/form-data; boundary=b")
    assert answered.status_code in (400, 413)


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=", "x", "", "text/plain"],
)
def test_a_body_of_another_kind_does_nothing(furnished: Furnished, all_forms: list[Found], content_type: str):
    before = furnished.rows()
    for found in all_forms:
        visitor = furnished.visitor(found.who)
        body = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>{"a": {"$ne": 1}}'
        answered = visitor.client.post(found.form.action, data=body, content_type=content_type)
        assert answered.status_code < 500, found.form.action
        assert b"root:x:" not in answered.get_data()
    assert of_accounts(furnished) == {name: before[name] for name in ("account", "membership", "provider")}


def of_accounts(of: Furnished) -> dict:
    return {name: rows for name, rows in of.rows().items() if name in ("account", "membership", "provider")}


def test_the_same_field_twice_is_no_way_round_a_check(furnished: Furnished):
    """The one that is checked is the one that is used."""
    site, visitor = furnished.site, furnished.site.visitor()
    token = CSRF.search(visitor.get("/sign-in").text)
    assert token
    twice = {"csrf_token": token[1], "email": [site.people["other lead"], site.people["lead"]], "password": PASSWORD}
    visitor.post("/sign-in", twice)
    assert "Bramble Way" not in visitor.get("/rounds").said
    coordinator = furnished.visitor("coordinator")
    team = f"/networks/{site.network.id}/team"
    page = coordinator.fill_in_whole(team, {"email": ["a@example.org", "b@example.org"], "role": ["checker", "lead"]})
    assert page.status in (200, 422)
    assert "lead" not in {row[4] for row in furnished.rows()["account_invitation"] if site.network.id in row}


@pytest.mark.parametrize(
    "name", ["Accept-Language", "User-Agent", "Referer", "Accept", "If-None-Match", "Range", "Origin"]
)
@pytest.mark.parametrize("value", ["x" * 60_000, "\xff\xfe", "en;q=nan", "bytes=0-,-1,5-2", ",;=" * 500, "en;q=1e999"])
def test_a_header_that_makes_no_sense_fails_nothing(furnished: Furnished, name: str, value: str):
    for path in ("/", "/sign-in", f"/a/{furnished.known['token']}"):
        assert furnished.site.visitor().get(path, headers={name: value}).status == 200


def test_a_lone_half_of_a_letter_and_a_nul_in_a_form_fail_nothing(furnished: Furnished, all_forms: list[Found]):
    """Bytes that are no text, NUL, and halves of letters, in the names and values of fields."""
    raw = b"name=%00&title=%ff%fe&words=%ed%a0%80&email=%00%40x&%00=1&password=%ed%b0%80&text=\xff\xfe&address=%u0000"
    for found in all_forms:
        visitor = furnished.visitor(found.who)
        token = CSRF.search(visitor.get(found.path).text)
        body = raw + b"&csrf_token=" + (token[1].encode() if token else b"")
        answered = visitor.client.post(found.form.action, data=body, content_type="application/x-www-form-urlencoded")
        assert answered.status_code < 500, found.form.action


def test_addresses_with_strange_bytes_are_not_found(furnished: Furnished):
    strange = ("%00", "%ff", "%ed%a0%80", "%e2%80%ae", "%0a", "a" * 8_000, "%F0%9F%98%80", "%", "%zz")
    for _, method, path in furnished.paths():
        if method == "GET" and not SLOW.search(path):
            for each in strange[:4]:
                answered = furnished.site.visitor().client.get(f"{path}{each}")
                assert answered.status_code < 500, path
                answered.close()
    for each in strange:
        assert furnished.site.visitor().client.get(f"/rounds/{each}").status_code < 500
