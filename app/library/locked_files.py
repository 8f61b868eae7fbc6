"""Files that only a key opens. Each has a random key of its own, which its owner keeps sealed somewhere else.

So a change of the installation's key seals the small keys anew and leaves the files as they are.
"""

from pathlib import Path
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.errors import Conflict
from app.library.whole_files import put_whole

_NONCE_LENGTH = 12
DAMAGED = "The file cannot be opened. Whoever looks after the installation can bring it back from a copy."


def new_key() -> bytes:
    return AESGCM.generate_key(bit_length=256)


def put_locked(path: Path, content: bytes, key: bytes, name: str) -> None:
    """Write the content at the path so that the key alone opens it, and only under this name."""
    nonce = token_bytes(_NONCE_LENGTH)
    put_whole(path, nonce + AESGCM(key).encrypt(nonce, content, name.encode()))


def opened(path: Path, key: bytes, name: str) -> bytes:
    """Return what was written. Raises Conflict when the file is missing, changed, or another one."""
    try:
        locked = path.read_bytes()
        return AESGCM(key).decrypt(locked[:_NONCE_LENGTH], locked[_NONCE_LENGTH:], name.encode())
    except (OSError, InvalidTag, ValueError):
        raise Conflict(DAMAGED) from None
