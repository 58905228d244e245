"""Thresholds: where probabilities become decisions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on validation data by :mod:`training.thresholds`; stored with the model.

    Attributes:
        review: below this probability of the topic a person should look.
        urgent: from this probability of ``urgent`` on the complaint is urgent, likeliest or not.
        alarm: from this probability of ``urgent`` on a person should look whether it is an emergency, though it
            is not called one. Chosen so that few emergencies stay below it; see ``training.thresholds``.
        secondary: from this probability on the topic of a clause counts as a secondary topic.
        plausible: topics from this probability on form a set that holds the right one at the stated coverage.
    """

    review: float = 0.5
    urgent: float = 0.5
    alarm: float = 0.5
    secondary: float = 0.5
    plausible: float = 0.1
