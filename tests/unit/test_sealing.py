import base64
import struct

import pytest

from app.errors import Conflict
from app.storage.sealing import OTHER_KEY, place_of_key, seal, unseal

KEY, OTHER = b"k" * 40, b"o" * 40


def test_what_is_sealed_comes_back_and_cannot_be_read_meanwhile():
    sealed = seal([KEY], "concern/1", "He shouts at night. Ŵŷ")

    assert "shouts" not in sealed
    assert b"shouts" not in base64.urlsafe_b64decode(sealed)
    assert unseal([KEY], "concern/1", sealed) == "He shouts at night. Ŵŷ"


def test_the_same_words_are_sealed_differently_each_time():
    assert seal([KEY], "concern/1", "a") != seal([KEY], "concern/1", "a")


def test_what_is_sealed_holds_no_time():
    """Fernet's usual tokens carry, for everybody to read, the second in which they were made."""
    (second,) = struct.unpack(">Q", base64.urlsafe_b64decode(seal([KEY], "concern/1", "a"))[1:9])

    assert second == 0


@pytest.mark.parametrize(("key", "purpose"), [(OTHER, "concern/1"), (KEY, "concern/2"), (KEY, "come-back")])
def test_another_key_or_another_purpose_opens_nothing_and_says_so(key: bytes, purpose: str):
    sealed = seal([KEY], "concern/1", "He shouts at night.")

    with pytest.raises(Conflict) as refused:
        unseal([key], purpose, sealed)
    assert refused.value.message == OTHER_KEY
    assert "shouts" not in refused.value.message


def test_what_was_changed_is_not_opened():
    sealed = seal([KEY], "concern/1", "He shouts at night.")

    with pytest.raises(Conflict):
        unseal([KEY], "concern/1", sealed[:-6] + "AAAA==")


def test_after_a_change_of_keys_the_earlier_key_still_opens_and_the_present_one_seals():
    sealed = seal([KEY], "concern/1", "He shouts at night.")

    assert unseal([OTHER, KEY], "concern/1", sealed) == "He shouts at night."
    assert unseal([OTHER], "concern/1", seal([OTHER, KEY], "concern/1", "a")) == "a"


def test_which_key_opens_is_known_by_trying():
    sealed = seal([KEY], "concern/1", "a")

    assert [place_of_key(keys, "concern/1", sealed) for keys in ([KEY, OTHER], [OTHER, KEY], [OTHER])] == [0, 1, None]
    assert place_of_key([KEY], "concern/2", sealed) is None
