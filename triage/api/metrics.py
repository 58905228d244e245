"""What Prometheus reads at ``/metrics``: requests, their duration, and the judgements by label.

Every app has a registry of its own, so that two apps in one process (the tests) do not add up. Finding the series
of some labels costs more than counting in it, so each is found once; there are never more than those of the registry.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from triage.api.exchange import Answer
from triage.types import TriageResult

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0)


class Metrics:
    """The counters of one app."""

    def __init__(self, degraded: Callable[[], int], lost: Callable[[], int] = lambda: 0) -> None:
        """``degraded`` says how many parts work in a reduced way, ``lost`` how many judgements could not be kept.

        Both are asked at each reading.
        """
        self._registry = CollectorRegistry()
        self._requests = cache(
            Counter(
                "triage_http_requests",
                "HTTP requests.",
                ("method", "route", "status"),
                registry=self._registry,
            ).labels
        )
        self._seconds = cache(
            Histogram(
                "triage_http_request_seconds",
                "Wall time of HTTP requests.",
                ("route",),
                buckets=_BUCKETS,
                registry=self._registry,
            ).labels
        )
        self._judgements = cache(
            Counter(
                "triage_judgements",
                "Complaints judged.",
                ("topic", "urgency", "emergency"),
                registry=self._registry,
            ).labels
        )
        self._reviews = Counter(
            "triage_needs_review", "Judgements that a person should look at.", registry=self._registry
        )
        gauge = Gauge("triage_degraded", "Parts that work in a reduced way.", registry=self._registry)
        gauge.set_function(degraded)
        losses = Gauge("triage_store_lost", "Judgements that could not be kept.", registry=self._registry)
        losses.set_function(lost)

    def answered(self, answer: Answer) -> None:
        """Count a request by the template of its address, so that the number of series stays small."""
        self._requests(answer.method, answer.route, str(answer.status)).inc()
        self._seconds(answer.route).observe(answer.seconds)

    def judged(self, result: TriageResult) -> None:
        """Count a judgement."""
        assessment = result.assessment
        emergency = "true" if assessment.emergency else "false"
        self._judgements(assessment.topic, assessment.urgency, emergency).inc()
        if assessment.needs_review:
            self._reviews.inc()

    def text(self) -> bytes:
        """Return all series in the Prometheus text format."""
        return generate_latest(self._registry)
