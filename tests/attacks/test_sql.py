"""SQL: words that end a statement and begin another, in every field of every form and in every part of an address."""

import re

import pytest

from app.web import access
from tests.attacks.crawling import OPEN_TO, SLOW
from tests.attacks.furnished import WHO, Furnished
from tests.attacks.hands import Found, Hand, type_everywhere

DROP = "' OR '1'='1'); DROP TABLE provider; --"
PARTS = (DROP, "' OR '1'='1", "1 UNION SELECT 1", "%", "_" * 16, "\\", '"', "0x31", "1;1", "-1", "9" * 40)


def test_words_in_a_form_are_never_part_of_a_statement(furnished: Furnished, all_forms: list[Found]):
    """No table is gone, nobody has another role, nothing fails; and where words are kept, they are kept whole."""
    held = furnished.rows()["membership"]
    tries = type_everywhere(furnished, Hand(DROP, f"o'{'x'}--@example.org", DROP), all_forms)
    assert [(each.endpoint, each.fields) for each in tries if each.page.status >= 500] == []
    rows = furnished.rows()
    assert len(rows["account"]) >= len(furnished.signed_in)
    assert [row for row in rows["membership"] if row not in held and "member" not in row] == []
    assert DROP in {value for name in ("provider", "network", "contact") for row in rows[name] for value in row}


def test_nobody_signs_in_or_opens_anything_with_a_condition_that_is_always_true(furnished: Furnished):
    for words in PARTS:
        stranger = furnished.site.visitor()
        furnished.forget_tries()
        stranger.fill_in("/sign-in", {"email": words, "password": words})
        assert stranger.get("/account").status == 303
        assert stranger.get(f"/a/{words}").status in (404, 410)
        assert stranger.get(f"/s/{words}").status in (404, 410)


@pytest.mark.parametrize("part", PARTS)
def test_words_in_an_address_find_nothing(furnished: Furnished, part: str):
    """Each part of each address in its turn, as whoever may open it."""
    before, wrong = furnished.rows(), {}
    adapter = furnished.site.app.url_map.bind("127.0.0.1")
    visitors = {who: furnished.visitor(who) for who in OPEN_TO}
    for rule in furnished.site.app.url_map.iter_rules():
        for name in sorted(rule.arguments) if "GET" in (rule.methods or ()) else ():
            values = {each: furnished.value(rule, each) for each in rule.arguments}
            if rule.endpoint in SAYS_SO_ITSELF or re.search(rf"<(int|any[^:]*):{name}>", rule.rule):
                continue
            path = adapter.build(rule.endpoint, {**values, name: part}, method="GET")
            may = access.declared_roles(furnished.site.app, rule.endpoint)
            who = next((each for each, roles in OPEN_TO.items() if roles & may), None)
            status = visitors[who].get(path).status
            if status not in (302, 303, 403, 404, 409, 410):
                wrong[f"{who} {path}"] = status
    assert wrong == {}
    assert furnished.rows() == before


SAYS_SO_ITSELF = {"stop.confirm", "security.change_email_confirm", "shared.get_help", "answer.result_file"}
"""Pages that say the same to every link: that letters can be stopped, whom to call, that nothing was sent yet."""


@pytest.mark.parametrize("who", WHO)
def test_words_behind_a_question_mark_change_nothing(furnished: Furnished, who: str):
    names = ("before", "edition", "language", "standard", "round", "done", "state", "code", "kept", "from", "audience")
    query = dict.fromkeys(names, DROP)
    for _, method, path in furnished.paths():
        if method == "GET" and not SLOW.search(path):
            answered = furnished.visitor(who).get(path, query_string=query).response
            assert answered.status_code < 500, path
            answered.close()
