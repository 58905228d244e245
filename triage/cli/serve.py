"""``triage serve``: put the service together, say where to look, and run it."""

from __future__ import annotations

import uvicorn
from rich.console import Console

from triage.api.app import create_app
from triage.api.auth import settle_key
from triage.api.server import uvicorn_options
from triage.bootstrap import build_engine
from triage.settings import Settings


def serve_api(settings: Settings, console: Console) -> None:
    """Run until stopped; a broken configuration, knowledge file or model stops the start."""
    key_given = settings.api_key is not None
    settings = settle_key(settings)
    engine = build_engine(settings)
    app = create_app(engine, settings)
    address = f"http://{_bracketed(settings.host)}:{settings.port}"
    for name in engine.degraded:
        console.print(f"功能降级：{name}", style="yellow")
    console.print(f"顾客反馈分诊  模型 {engine.versions.model or '无'}  规范 {engine.default_policy}")
    console.print(f"接口页面  {address}/docs")
    assert settings.api_key is not None
    console.print(f"密钥      {'（TRIAGE_API_KEY）' if key_given else settings.api_key.get_secret_value()}")
    uvicorn.run(app, **uvicorn_options(settings))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
