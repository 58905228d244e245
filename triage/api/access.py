"""Who calls, and what they may: the operator's key is an admin's, further keys are in the store."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

import anyio
import anyio.to_thread
from pydantic import SecretStr

from triage.api.errors import Problem
from triage.api.headers import Headers
from triage.errors import StoreError
from triage.store.digests import token_digest
from triage.store.values import KeyRecord, Role

FRESH_SECONDS = 2.0
"""After so long the store is asked again: a revoked key is good no longer than that."""
PATIENCE_SECONDS = 1.0
"""So long a request waits for the store to say which keys are in force."""
OPERATOR = "operator"
_HOW = "请在 Authorization 或 X-API-Key 中给出密钥"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="complaint-triage"'}

LoadKeys = Callable[[], Mapping[str, KeyRecord]]


class Caller(NamedTuple):
    """Whose key it is; ``id`` keeps callers apart, ``name`` is for people."""

    id: str
    name: str
    role: Role


class Keyring:
    """The keys in force."""

    def __init__(
        self, operator: SecretStr, load: LoadKeys | None = None, seconds: Callable[[], float] = monotonic
    ) -> None:
        """``load`` reads the keys of the store, by digest; without it there is only the operator's key.

        Raises:
            StoreError: the keys cannot be read.
        """
        self._operator = operator.get_secret_value().encode()
        self._load = load
        self._seconds = seconds
        self._keys: Mapping[str, KeyRecord] = {} if load is None else load()
        self._asked = seconds()
        self._limiter = anyio.CapacityLimiter(1)

    async def admit(self, headers: Headers, needed: Role) -> Caller:
        """Say who calls.

        Raises:
            Problem: 401 where the key is missing or wrong, 403 where it may not do what is ``needed``.
        """
        caller = await self._caller((_bearer(headers), headers.get(b"x-api-key", b"")))
        if caller is None:
            raise Problem(401, "unauthorized", _HOW, headers=_CHALLENGE)
        if not caller.role.may_act_as(needed):
            raise Problem(403, "forbidden", f"需要 {needed.value} 的密钥，现为 {caller.role.value}")
        return caller

    async def _caller(self, tokens: tuple[bytes, bytes]) -> Caller | None:
        # All are always compared: how long the refusal takes tells nothing about the key.
        matches = [hmac.compare_digest(token, self._operator) for token in tokens]
        if any(matches):
            return Caller(OPERATOR, OPERATOR, Role.ADMIN)
        if self._load is None or not any(tokens):
            return None
        await self._refresh(self._load)
        # By digest: how far a lookup gets tells nothing about the key.
        found = (self._keys.get(token_digest(token.decode("latin-1"))) for token in tokens)
        key = next((key for key in found if key is not None), None)
        return None if key is None else Caller(key.id, key.name, key.role)

    async def _refresh(self, load: LoadKeys) -> None:
        if self._seconds() - self._asked < FRESH_SECONDS:
            return
        self._asked = self._seconds()  # before it is done: others need not ask at the same time
        # A database that is away must not stop emergencies from coming in: the last keys stay good.
        with suppress(StoreError), anyio.move_on_after(PATIENCE_SECONDS):
            self._keys = await anyio.to_thread.run_sync(load, abandon_on_cancel=True, limiter=self._limiter)


def _bearer(headers: Headers) -> bytes:
    scheme, _, credentials = headers.get(b"authorization", b"").partition(b" ")
    return credentials.strip() if scheme.lower() == b"bearer" else b""
