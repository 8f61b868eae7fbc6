"""What a tablet does, without a browser: the other half of app/services/visit_envelopes.py."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.services.links import new_token
from app.services.visit_envelopes import ITEM_INFO, public_key

KEY = b"k" * 40
KEYS = (KEY,)
SECRET = "5" * 64
OTHER_SECRET = "6" * 64


def answers(options: Mapping[str, str], language: str = "en", **more: Any) -> dict[str, Any]:
    """Return what a tablet says of one person who answered. options: {question's id: option's id}."""
    return {
        "kind": "answers",
        "token": new_token(),
        "audience": "person",
        "edition": "easy-read",
        "language": language,
        "consent": {"given": "ticked", "witness": None},
        "how": None,
        "who": [],
        "ways": [],
        "answers": {question: {"option": option, "language": language} for question, option in options.items()},
        **more,
    }


def observation(standard: str = "S01", seen: str = "partly", note: str = "A plan on the wall.") -> dict[str, Any]:
    return {"kind": "observation", "standard": standard, "seen": seen, "note": note}


def new_item_id() -> str:
    return secrets.token_hex(16)


def enclosed(visit_id: str, item_id: str, content: object, key: bytes = KEY) -> dict[str, str]:
    """Return the envelope that only the installation with this key opens."""
    point = base64.b64decode(public_key(key, visit_id))
    own = ec.generate_private_key(ec.SECP256R1())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
    agreed = HKDF(SHA256(), length=32, salt=None, info=ITEM_INFO).derive(shared)
    iv = os.urandom(12)
    sealed = AESGCM(agreed).encrypt(iv, json.dumps(content).encode(), f"{visit_id}\0{item_id}".encode())
    sender = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {
        name: base64.b64encode(part).decode() for name, part in (("sender", sender), ("iv", iv), ("sealed", sealed))
    }
