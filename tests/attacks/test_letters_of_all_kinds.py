"""Letters that turn round, cover others or are not there to see: in every field of every form."""

import unicodedata

import pytest

from tests.attacks.furnished import Furnished
from tests.attacks.hands import Found, Hand, type_everywhere

RTL = "kind\u202egpj.exe\u202c"
HIDDEN = "kind\u200b\u2060\ufeff\u00ad words"
MANY = "k" + "\u0301\u0489\u0334" * 2_000
LONG = "a very long word" * 1_000
WIDE = "\U0001f469\u200d\U0001f469\u200d\U0001f467" * 60
TAGS = "kind" + "".join(chr(0xE0000 + ord(each)) for each in "owned")
NAMES_OF = ("provider", "network", "contact")


@pytest.mark.parametrize("words", [RTL, HIDDEN + TAGS, MANY + WIDE + LONG], ids=["turned", "hidden", "long and piled"])
def test_strange_letters_fail_nothing_and_no_name_holds_what_turns_or_hides_it(
    furnished: Furnished, all_forms: list[Found], words: str
):
    tries = type_everywhere(furnished, Hand(words, f"kind{words[4:6]}@example.org", words[:80]), all_forms)
    assert [(each.endpoint, each.fields) for each in tries if each.page.status >= 500] == []
    for name in NAMES_OF:
        for row in furnished.rows()[name]:
            texts = [value for value in row if isinstance(value, str)]
            assert [each for each in texts if turns(each)] == []
            assert max(map(len, texts)) <= 2_000


def turns(text: str) -> bool:
    """Say whether a text holds a letter that changes the direction or order of others, or is never seen."""
    return any(unicodedata.category(each) in ("Cf", "Cc", "Cs") and each != "\n" for each in text)


def test_two_ways_to_write_an_address_are_one_account(furnished: Furnished):
    """Capitals, spaces around, and letters that look alike: none begins a second account or signs in to the first."""
    from tests.site import PASSWORD

    email = furnished.site.people["lead"]
    for typed in (email.upper(), f" {email} "):
        visitor = furnished.site.visitor()
        visitor.fill_in("/sign-in", {"email": typed, "password": PASSWORD})
        furnished.forget_tries()
        assert visitor.get("/rounds").status in (200, 303)
    for typed in (email.replace("a", "\u0430"), email.replace("@", "\uff20"), f"{email}\u200b"):
        visitor = furnished.site.visitor()
        visitor.fill_in("/sign-in", {"email": typed, "password": PASSWORD})
        assert visitor.get("/rounds").status == 303, typed
