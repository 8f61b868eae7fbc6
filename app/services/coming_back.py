"""Coming back on another device: a word that only the respondent knows, and a short code that goes with it.

The word also locks the answers against whoever else holds the link. See docs/decisions/0016-is-this-you.md.
"""

import base64
import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date

from cryptography.fernet import Fernet, InvalidToken

from app.errors import Conflict, Invalid, NotFound, Refused
from app.responses import ResponseState
from app.services.links import new_short_code, normalised, response_id
from app.storage import Database, come_back, responses

SHORTEST_WORD, LONGEST_WORD = 3, 40
MOST_TRIES = 10
UNKNOWN_CODE = "The code and the word do not fit together."
_SALT_BYTES = 16
_COST = 2**14


class TooShortError(Invalid):
    """The word that somebody chose is too short."""


@dataclass(frozen=True, slots=True)
class _Lock:
    """A word's hash as it is stored: "tries$month$salt$hash".

    tries: wrong words in the month of the last wrong one ("2026-11"), since the last right one.
    """

    tries: int
    month: str
    salt: bytes
    hash: bytes

    @classmethod
    def read(cls, stored: str) -> "_Lock":
        tries, month, salt, hash_ = stored.split("$")
        return cls(int(tries), month, bytes.fromhex(salt), bytes.fromhex(hash_))

    @classmethod
    def of(cls, word: str) -> "_Lock":
        salt = secrets.token_bytes(_SALT_BYTES)
        return cls(0, "", salt, _slowly(word, salt))

    def tries_in(self, month: str) -> int:
        return self.tries if month == self.month else 0

    def fits(self, word: str) -> bool:
        return hmac.compare_digest(self.hash, _slowly(word, self.salt))

    def after(self, tries: int, month: str = "") -> str:
        return f"{tries}${month}${self.salt.hex()}${self.hash.hex()}"


def choose_word(database: Database, key: bytes, token: str, word: str) -> str:
    """Lock the answers with this word and return the short code that opens them together with it, shown only now.

    key: the installation's, for hashes.
    Raises Invalid for a word that is too short or too long, Conflict when nothing has been begun.
    """
    chosen = _read(word)
    code, lock = new_short_code(), _Lock.of(chosen)
    code_id, sealed = _code_id(key, code), _sealed(code, chosen, token)
    with database.writing() as connection:
        found = responses.find(connection, response_id(token), lock=True)
        if found is None or found.response.state is ResponseState.WITHDRAWN:
            raise Conflict("There are no answers behind this link that a word could lock.")
        responses.set_own_word(connection, found.round, response_id(token), lock.after(0))
        come_back.add(connection, found.round, code_id, sealed)
    database.forget_log()
    return code


def lock_of(word: str) -> str:
    """Return what is stored of a word that locks answers, however short or long it is."""
    return _Lock.of(_plain(word)).after(0)


def word_id(stored: str) -> str:
    """Return what changes with the stored word and with nothing else; "" where there is none."""
    return stored.rpartition("$")[2]


def is_own_word(database: Database, token: str, word: str, on: date) -> bool:
    """Say whether this is the word that locks the answers behind the link. Wrong words are counted.

    The try is counted before the slow look at the word, which holds up nobody else's answers.
    Raises Refused after too many wrong ones in a month: until the next, only the short code with the word opens them.
    """
    month = f"{on:%Y-%m}"
    with database.writing() as connection:
        found = responses.find(connection, response_id(token), lock=True)
        if found is None or found.own_word is None:
            return False
        lock = _Lock.read(found.own_word)
        tries = lock.tries_in(month)
        if tries >= MOST_TRIES:
            raise Refused("The wrong word was given too often.")
        responses.set_own_word(connection, found.round, response_id(token), lock.after(tries + 1, month))
    if not lock.fits(_plain(word)):
        return False
    _forget_tries(database, token, lock)
    return True


def link_behind(database: Database, key: bytes, code: str, word: str) -> str:
    """Return the secret of the link behind a short code and its word. Raises NotFound when they do not fit."""
    short = normalised(code)
    with database.reading() as connection:
        sealed = come_back.sealed_by(connection, _code_id(key, short))
    try:
        token = _sealing(short, _plain(word)).decrypt((sealed or "").encode()).decode()
    except InvalidToken:
        raise NotFound(UNKNOWN_CODE) from None
    with database.reading() as connection:
        found = responses.find(connection, response_id(token))
    if found is None or found.own_word is None or not _Lock.read(found.own_word).fits(_plain(word)):
        raise NotFound(UNKNOWN_CODE)
    _forget_tries(database, token, _Lock.read(found.own_word))
    return token


def _forget_tries(database: Database, token: str, lock: _Lock) -> None:
    """Count from nought again, unless another word was chosen meanwhile."""
    with database.writing() as connection:
        found = responses.find(connection, response_id(token), lock=True)
        if found and word_id(found.own_word or "") == lock.hash.hex():
            responses.set_own_word(connection, found.round, response_id(token), lock.after(0))


def _read(word: str) -> str:
    plain = _plain(word)
    if len(plain) < SHORTEST_WORD:
        raise TooShortError(f"Choose a word with {SHORTEST_WORD} letters or more.")
    if len(plain) > LONGEST_WORD:
        raise Invalid(f"Choose a word with {LONGEST_WORD} letters or fewer.")
    return plain


def _plain(word: str) -> str:
    """Return a word so that capitals and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def _slowly(words: str, salt: bytes) -> bytes:
    return hashlib.scrypt(words.encode(), salt=salt, n=_COST, r=8, p=1)


def _code_id(key: bytes, code: str) -> str:
    return _slowly(code, hmac.digest(key, b"driving-seat/short-code/1", "sha256")).hex()[:64]


def _sealed(code: str, word: str, token: str) -> str:
    """Return the link's secret, encrypted; what encrypts would also write the time, and is told none."""
    return _sealing(code, word).encrypt_at_time(normalised(token).encode(), 0).decode()


def _sealing(code: str, word: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_slowly(f"{code}\0{word}", b"driving-seat/come-back/1")[:32]))
