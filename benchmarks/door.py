"""``POST /v1/triage`` against a FastAPI route that only sends the body back; and the door without judging."""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import chain

import orjson
from fastapi import FastAPI
from pydantic import SecretStr

from benchmarks import report
from benchmarks.asgi import AsgiCaller
from benchmarks.clock import Times, take_turns
from benchmarks.echo import make_echo
from benchmarks.parts import Parts
from benchmarks.remembered import RememberedEngine
from benchmarks.server import ThreadedServer
from triage.api.app import create_app
from triage.api.logs import make_logger
from triage.api.server import uvicorn_options
from triage.bootstrap import built_to_stay

PATH = "/v1/triage"
KEY = "a-key-for-benchmarks"
HEADERS = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
TRIAGE = "triage"
DOOR = "triage without judging"
ROUNDS = 5
REQUESTS = 200


def run(parts: Parts) -> None:
    """Print processor time by request, without and with a server around the apps."""
    report.heading("HTTP, one complaint a request")
    rounds = parts.rounds(ROUNDS, REQUESTS)
    with ExitStack() as stack:
        log = stack.enter_context(open(os.devnull, "wb"))  # noqa: PTH123 - no path of a file
        settings = parts.settings.model_copy(update={"api_key": SecretStr(KEY)})
        remembered = RememberedEngine(parts.engine, chain.from_iterable(rounds))
        with built_to_stay():  # as ``triage serve`` does
            logger = make_logger("info", log)
            apps = {
                "echo": make_echo(),
                DOOR: create_app(remembered, settings, logger=logger),
                TRIAGE: create_app(parts.engine, settings, logger=logger),
            }
        bodies = [[orjson.dumps({"text": text}) for text in texts] for texts in rounds]
        _without_server(apps, bodies)
        _with_server(apps, bodies, uvicorn_options(settings))


def _without_server(apps: dict[str, FastAPI], rounds: list[list[bytes]]) -> None:
    report.note("the app alone:")
    with ExitStack() as stack:
        callers = {
            name: stack.enter_context(AsgiCaller(app, PATH, HEADERS)).post for name, app in apps.items()
        }
        measured = take_turns(callers, rounds)
    for name, times in measured.items():
        report.times(name, times)
    report.figure("triage ÷ echo", measured[TRIAGE].median / measured["echo"].median, "×")


def _with_server(apps: dict[str, FastAPI], rounds: list[list[bytes]], options: dict[str, object]) -> None:
    report.note("with uvicorn around it, the server's thread alone:")
    with ExitStack() as stack:
        servers = {name: stack.enter_context(ThreadedServer(app, options)) for name, app in apps.items()}
        measured = {name: Times(tuple(values)) for name, values in _served(servers, rounds).items()}
    for name, times in measured.items():
        report.times(f"{name} (mean of a round)", times)
    echo = measured["echo"].median
    report.figure("the door ÷ echo", measured[DOOR].median / echo, "×")
    report.goal("triage ÷ echo", measured[TRIAGE].median / echo, "×", at_most=4)


def _served(servers: dict[str, ThreadedServer], rounds: list[list[bytes]]) -> dict[str, list[float]]:
    """Seconds a request in each round but the first."""
    seconds: dict[str, list[float]] = {name: [] for name in servers}
    for number, bodies in enumerate(rounds):
        for name, server in servers.items():
            begun = server.seconds()
            for body in bodies:
                server.post(PATH, body, HEADERS)
            if number > 0:
                seconds[name].append((server.seconds() - begun) / len(bodies))
    return seconds
