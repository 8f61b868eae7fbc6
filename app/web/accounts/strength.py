"""Which passwords are taken: long enough, and hard to guess. Nothing leaves this machine to find out.

The library zxcvbn knows common passwords, names, words, dates and patterns of keys. What it advises is said in our own
sentences.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_security import PasswordUtil
from zxcvbn import zxcvbn

from app.services.accounts import organisations_of
from app.storage.accounts import Account
from app.web.context import database

SHORTEST, LONGEST = 12, 128
MOST_LOOKED_AT = 72
"""Characters: what comes after them makes a password no easier to guess, and zxcvbn slow."""
LEAST_SCORE = 3
PRODUCT = ("driving", "seat", "drivingseat", "driving seat")
_one_at_a_time = threading.Lock()  # zxcvbn keeps the words that it is told in one place for all threads

TOO_SHORT = _("Use 12 characters or more. Three or four words that do not belong together are easy to remember.")
TOO_LONG = _("Use 128 characters or fewer.")
TOO_EASY = _("This password is too easy to guess.")

SENTENCES: Mapping[str, LazyString] = {
    "Use a few words, avoid common phrases.": _("Use a few words that do not belong together."),
    "No need for symbols, digits, or uppercase letters.": _("You need no signs, digits or capital letters."),
    "Add another word or two. Uncommon words are better.": _("Add one or two more words. Unusual words are better."),
    "Straight rows of keys are easy to guess.": _("Keys in a row on the keyboard are easy to guess."),
    "Short keyboard patterns are easy to guess.": _("Patterns on the keyboard are easy to guess."),
    "Use a longer keyboard pattern with more turns.": _("Use words instead of a pattern on the keyboard."),
    'Repeats like "aaa" are easy to guess.': _("The same character many times is easy to guess."),
    'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': _(
        "The same part again and again is easy to guess."
    ),
    "Avoid repeated words and characters.": _("Do not repeat words or characters."),
    'Sequences like "abc" or "6543" are easy to guess.': _("Rows like “abc” or “6543” are easy to guess."),
    "Avoid sequences.": _("Do not use rows of letters or digits."),
    "Recent years are easy to guess.": _("Years are easy to guess."),
    "Avoid recent years.": _("Do not use years."),
    "Avoid years that are associated with you.": _("Do not use years that have to do with you."),
    "Dates are often easy to guess.": _("Dates are easy to guess."),
    "Avoid dates and years that are associated with you.": _("Do not use dates that have to do with you."),
    "This is a top-10 common password.": _("Very many people use this password."),
    "This is a top-100 common password.": _("Very many people use this password."),
    "This is a very common password.": _("Many people use this password."),
    "This is similar to a commonly used password.": _("It is like a password that many people use."),
    "A word by itself is easy to guess.": _("One word alone is easy to guess."),
    "Names and surnames by themselves are easy to guess.": _("A name alone is easy to guess."),
    "Common names and surnames are easy to guess.": _("Names are easy to guess."),
    "Capitalization doesn't help very much.": _("A capital letter does not help much."),
    "All-uppercase is almost as easy to guess as all-lowercase.": _("Capital letters throughout do not help much."),
    "Reversed words aren't much harder to guess.": _("A word backwards is nearly as easy to guess."),
    "Predictable substitutions like '@' instead of 'a' don't help very much.": _(
        "A sign in place of a letter, such as @ for a, does not help much."
    ),
}


class Strength(PasswordUtil):
    """What the sign-in library asks about each new password."""

    def validate(
        self,
        password: str,
        _is_register: bool,  # noqa: FBT001  # as the library calls it
        **known: object,
    ) -> tuple[list[LazyString] | None, str]:
        faults = faults_of(password, _words_of(known.get("user")))
        return faults or None, self.normalize(password)


def faults_of(password: str, known_words: Iterable[str] = ()) -> list[LazyString]:
    """Return what is wrong with a password, in sentences; nothing when it can be used.

    known_words: about the person, such as an e-mail address and the names of organisations.
    """
    length = len(unicodedata.normalize("NFC", password))
    if length < SHORTEST:
        return [TOO_SHORT]
    if length > LONGEST:
        return [TOO_LONG]
    with _one_at_a_time:
        found = zxcvbn(password[:MOST_LOOKED_AT], [*PRODUCT, *_parts(known_words)])
    if found["score"] >= LEAST_SCORE:
        return []
    advice = [found["feedback"]["warning"], *found["feedback"]["suggestions"]]
    return [TOO_EASY, *(SENTENCES.get(each, TOO_EASY) for each in advice if each)]


def _parts(known_words: Iterable[str]) -> list[str]:
    """Return each word whole, in its parts, and with the parts run together."""
    found = []
    for word in known_words:
        parts = [part for part in re.split(r"[\W_]+", word) if len(part) > 2]
        found += [word, *parts, "".join(parts)]
    return found


def _words_of(user: object) -> list[str]:
    if not isinstance(user, Account):
        return []
    return [user.email, *organisations_of(database(), user.id)]
