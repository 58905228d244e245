"""Keyed digests: the store can recognise a text or a customer again without holding them.

A bare hash would not do. Beside the masked text it would give the masked telephone number away: ten thousand million
guesses are minutes of work. So the digest is keyed, and the key lies outside the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b, sha256


@dataclass(frozen=True)
class Digester:
    """Makes digests (BLAKE2b, 32 bytes in hexadecimal) with one secret; with another secret nothing is found again."""

    secret: bytes = field(repr=False)

    def text(self, text: str) -> str:
        """Digest of a complaint as it was sent."""
        return self._digest(b"text", text.encode())

    def customer(self, reference: str) -> str:
        """Digest of a customer reference: a member number, a telephone number, whatever the calling system uses."""
        return self._digest(b"customer", reference.strip().encode())

    def body(self, body: bytes) -> str:
        """Digest of a request, to tell a repeated one from another with the same ``Idempotency-Key``."""
        return self._digest(b"body", body)

    @property
    def mark(self) -> str:
        """Tells whether two processes use the same secret, and nothing about it."""
        return self._digest(b"mark", b"")

    def _digest(self, purpose: bytes, content: bytes) -> str:
        return blake2b(content, digest_size=32, key=self._key, person=purpose).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        return sha256(self.secret).digest()  # BLAKE2b takes keys of up to 64 bytes


def token_digest(token: str) -> str:
    """Digest of an API key. Keys are 256 random bits, so that nothing slower than SHA-256 is needed."""
    return sha256(token.encode()).hexdigest()
