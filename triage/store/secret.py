"""The secret of the digests: given, or made once and kept beside the database, never in it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from triage.errors import StoreError

FILE = "digest_key"


def kept_secret(folder: Path) -> str:
    """Return the secret kept in ``folder``; where there is none, make one (mode 0600).

    Raises:
        StoreError: the folder cannot be read or written, or the file is empty.
    """
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make(path)
        secret = path.read_text("ascii").strip()
    except (OSError, UnicodeError) as error:
        raise StoreError(f"无法读写 {path}（{type(error).__name__}）") from error
    if not secret:
        raise StoreError(f"{path} 是空的；请恢复备份，没有它就找不到某位顾客的记录")
    return secret


def _make(path: Path) -> None:
    """Write the secret in full before the name exists; whoever comes second keeps the first one's."""
    if path.exists():
        return
    draft = path.with_name(f".{FILE}-{secrets.token_hex(8)}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike rename, fails when the name is taken
    except FileExistsError:
        pass
    finally:
        draft.unlink()
