"""A policy as data: everything that a profile's file says, checked and resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.policy.deadlines import Step
from triage.policy.routing import Row

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which complaints arrive; ``aliases`` are other words for it, ``duty`` how it is watched."""

    id: str
    name: str
    aliases: Texts
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure that the policy wants watched."""

    name: str
    target: str
    every: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One policy profile.

    Of ``levels``, ``departments`` and ``reply`` the first fitting row counts; of ``notify``, ``actions`` and
    ``reports`` all do; of ``steps`` the first fitting row of each step id. A step stands behind the step that
    it counts from.

    Attributes:
        categories: the profile's own category name for each topic.
        channel_ids: channel id for every alias, name and id, casefolded.
        recorded: what must be written down of a complaint; ``optional`` what may be.
        merging: how similar and repeated complaints are treated.
        guidance: standing rules that no single complaint triggers.
    """

    id: str
    name: str
    version: int
    source: str
    channels: tuple[Channel, ...]
    default_channel: str
    channel_ids: Mapping[str, str]
    categories: Mapping[str, str]
    levels: tuple[Row[str], ...]
    departments: tuple[Row[str], ...]
    notify: tuple[Row[Texts], ...]
    reply: tuple[Row[str], ...]
    actions: tuple[Row[Texts], ...]
    reports: tuple[Row[Texts], ...]
    steps: tuple[Row[Step], ...]
    recorded: Texts
    optional: Texts
    merging: str
    kpis: tuple[Kpi, ...]
    guidance: Texts
