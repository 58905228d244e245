"""``triage serve``: put the service together, say where to look, and run it."""

from __future__ import annotations

from rich.console import Console

from triage.api.app import create_app
from triage.api.auth import settle_key
from triage.bootstrap import build_engine, build_follower, build_service, built_to_stay
from triage.cli.running import run_until_stopped
from triage.live import LiveEngine
from triage.settings import Settings


def serve_api(settings: Settings, console: Console) -> None:
    """Run until stopped; a broken configuration, knowledge file or model stops the start."""
    key_given = settings.api_key is not None
    settings = settle_key(settings)
    with built_to_stay():
        engine = build_engine(settings)
        live = LiveEngine(engine)
        service = build_service(settings, live)
        app = create_app(live, settings, service=service)
        follower = build_follower(settings, live)
    address = f"http://{_bracketed(settings.host)}:{settings.port}"
    for name in engine.degraded:
        console.print(f"功能降级：{name}", style="yellow")
    console.print(f"顾客反馈分诊  模型 {engine.versions.model or '无'}  规范 {engine.default_policy}")
    console.print(f"接口页面  {address}/docs")
    assert settings.api_key is not None
    console.print(f"密钥      {'（TRIAGE_API_KEY）' if key_given else settings.api_key.get_secret_value()}")
    run_until_stopped(app, settings, service, follower)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
