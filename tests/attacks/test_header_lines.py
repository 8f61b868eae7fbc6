"""Line ends in names, titles and addresses: they would begin a header of their own, in an answer or in a letter."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from tests.attacks.crawling import SLOW, addresses
from tests.attacks.furnished import WHO, Furnished
from tests.attacks.hands import Found, Hand, type_everywhere
from tests.letters import letters

LINE_ENDS = ("\r\n", "\n", "%0d%0a\u2028")


def words(end: str) -> str:
    return f"Kind{end}Set-Cookie: owned=1{end}Bcc: owned@evil.example{end}{end}<p>owned</p>"


@pytest.fixture(params=LINE_ENDS, ids=["crlf", "lf", "written otherwise"])
def hand(request: pytest.FixtureRequest) -> Hand:
    return Hand(words(request.param), f"kind@example.org{request.param}Bcc: owned@evil.example", words(request.param))


def test_no_words_begin_a_header_of_an_answer_or_of_a_letter(furnished: Furnished, all_forms: list[Found], hand: Hand):
    for each in type_everywhere(furnished, hand, all_forms):
        assert each.page.status < 500, each
        assert owned_headers(each.page.response.headers) == []
    for letter in letters(furnished.site):
        message = message_from_bytes(
            letter.as_message("Driving Seat <seat@example.org>", furnished.at).as_bytes(), policy=SMTP
        )
        assert owned_headers(message) == []
        assert message["Bcc"] is None
        assert letter.to.count("@") == 1
    for who in ("lead", "coordinator"):
        for path in addresses(furnished, who):
            answered = furnished.visitor(who).get(path).response
            assert owned_headers(answered.headers) == []
            answered.close()


def owned_headers(headers) -> list[str]:
    """Return headers of which somebody's words became the name, or began a second line."""
    return [
        f"{name}: {value}"
        for name, value in headers.items()
        if name.lower() == "bcc" or value.startswith("owned") or "\n" in value or "\r" in value
    ]


@pytest.mark.parametrize("who", [None, *WHO])
def test_no_address_begins_a_header_of_the_answer_that_leads_on(furnished: Furnished, who: str | None):
    line = "%0d%0aSet-Cookie:%20owned=1"
    for _, method, path in furnished.paths():
        if method == "GET" and not SLOW.search(path):
            answered = furnished.visitor(who).get(f"{path}?next={line}&back={line}&done={line}").response
            assert answered.status_code < 500
            assert owned_headers(answered.headers) == [], path
            answered.close()
