"""Who may call ``/v1/*``: who presents the key, as ``Authorization: Bearer KEY`` or ``X-API-Key: KEY``."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from pydantic import SecretStr
from starlette.requests import Request

from triage.api.errors import Problem
from triage.errors import SettingsError
from triage.settings import SHORTEST_KEY, Settings

KEY_FILE = "api_key"
_HOW = "请在 Authorization 或 X-API-Key 中给出密钥"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="complaint-triage"'}

KeyCheck = Callable[[Request], Awaitable[None]]


def key_check(key: SecretStr) -> KeyCheck:
    """Make the dependency that lets a request pass only with ``key``; it raises a 401 problem otherwise."""
    expected = key.get_secret_value().encode()

    async def require_key(request: Request) -> None:
        # Both are always compared: how long the refusal takes tells nothing about the key.
        bearer = hmac.compare_digest(_bearer(request), expected)
        header = hmac.compare_digest(_encoded(request.headers.get("x-api-key", "")), expected)
        if not (bearer or header):
            raise Problem(401, "unauthorized", _HOW, headers=_CHALLENGE)

    return require_key


def _bearer(request: Request) -> bytes:
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return _encoded(credentials.strip()) if scheme.lower() == "bearer" else b""


def _encoded(value: str) -> bytes:
    return value.encode("latin-1")  # Starlette decodes headers so


def settle_key(settings: Settings) -> Settings:
    """Return settings that hold a key: the given one, or on a loopback address the kept one.

    Raises:
        SettingsError: other machines could reach the address and no key was given; or the key file
            cannot be used.
    """
    if settings.api_key is not None:
        return settings
    if not settings.is_loopback:
        raise SettingsError("TRIAGE_API_KEY: 监听本机以外的地址时必须设置密钥")
    return settings.model_copy(update={"api_key": SecretStr(ensure_key(settings.state_dir))})


def ensure_key(state_dir: Path) -> str:
    """Return the key kept in ``state_dir/api_key``; where there is none, make one (mode 0600).

    Two processes that start together end up with the same key.

    Raises:
        SettingsError: the folder or the file cannot be read or written, or holds no usable key.
    """
    path = state_dir / KEY_FILE
    try:
        if not path.exists():
            _create(path, secrets.token_urlsafe(32))
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"TRIAGE_STATE_DIR: 无法读写密钥文件 {path}（{type(error).__name__}）") from error
    if len(key) < SHORTEST_KEY:
        raise SettingsError(f"TRIAGE_STATE_DIR: 密钥文件 {path} 内容过短，请删除后重新启动")
    return key


def _create(path: Path, key: str) -> None:
    """Write ``key`` in full before the name exists; whoever comes second keeps the first one's key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".api_key-")  # mode 0600 from the start
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike rename, fails when the name is taken
    except FileExistsError:
        pass
    finally:
        draft.unlink()
