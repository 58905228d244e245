"""Where the operator's key comes from; who may do what with which key is in :mod:`triage.api.access`."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from pydantic import SecretStr

from triage.errors import SettingsError
from triage.settings import SHORTEST_KEY, Settings

KEY_FILE = "api_key"


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
