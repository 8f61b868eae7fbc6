"""Envelopes: what a tablet has finished with is closed so that this installation alone can open it.

Each visit has a key pair on the curve P-256, derived from the installation's present key. The tablet holds the public
half. It makes a key pair of its own for every item, agrees on a key with the two, and forgets its half: neither the
tablet nor its PIN opens the item again. See docs/decisions/0015-quality-checkers.md.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.errors import Invalid

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ITEM_INFO = b"driving-seat/visit-item/1"
CANNOT_BE_OPENED = (
    "This cannot be opened. It was closed for another visit, or the installation has another secret key since. Whoever "
    "looks after the installation can put the earlier key back."
)


def public_key(key: bytes, visit_id: str) -> str:
    """Return a visit's public key: an uncompressed point in base64. key: the installation's present one."""
    point = _private_key(key, visit_id).public_key()
    return base64.b64encode(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def opened(keys: Sequence[bytes], visit_id: str, item_id: str, envelope: Mapping[str, str]) -> bytes:
    """Return what lies in an envelope, which was closed for the present key or an earlier one.

    envelope: sender, iv and sealed, in base64. Raises Invalid.
    """
    for key in keys:
        with suppress(Invalid):
            return _opened(key, visit_id, item_id, envelope)
    raise Invalid(CANNOT_BE_OPENED)


def _opened(key: bytes, visit_id: str, item_id: str, envelope: Mapping[str, str]) -> bytes:
    try:
        sender, iv, sealed = (base64.b64decode(envelope[name], validate=True) for name in ("sender", "iv", "sealed"))
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = _private_key(key, visit_id).exchange(ec.ECDH(), other)
        agreed = HKDF(SHA256(), length=32, salt=None, info=ITEM_INFO).derive(shared)
        return AESGCM(agreed).decrypt(iv, sealed, f"{visit_id}\0{item_id}".encode())
    except (KeyError, TypeError, ValueError, binascii.Error, InvalidTag):
        raise Invalid(CANNOT_BE_OPENED) from None


def _private_key(key: bytes, visit_id: str) -> ec.EllipticCurvePrivateKey:
    """Return the private half. 16 bytes more than the order has keep the remainder even (NIST SP 800-56A, A.2.1)."""
    derived = HKDF(SHA256(), length=48, salt=None, info=f"driving-seat/visit/1/{visit_id}".encode()).derive(key)
    return ec.derive_private_key(int.from_bytes(derived) % (P256_ORDER - 1) + 1, ec.SECP256R1())
