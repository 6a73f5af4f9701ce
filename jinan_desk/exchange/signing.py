"""An office's key: Ed25519, made once for a store and kept in it. Its public half tells who made a package."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_FINGERPRINT_LENGTH = 32  # hexadecimal digits: 128 bits, short enough to read out over the phone
_GROUP = 4


def new_key() -> bytes:
    """A private key, 32 random bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_half(private: bytes) -> bytes:
    """The public key of a private one, 32 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def sign(private: bytes, message: bytes) -> bytes:
    """The signature of the message, 64 bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the key signed just this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """The key for people: `3F2A-…`, eight groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:_FINGERPRINT_LENGTH].upper()
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they are grouped."""
    return _digits(one) == _digits(other)


def _digits(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())
