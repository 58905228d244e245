"""What was found in an output."""

from __future__ import annotations

from dataclasses import dataclass

from triage.batch.plan import Choices
from triage.batch.report.counting import Counting
from triage.batch.report.duplicates import Duplicates
from triage.batch.report.emergencies import Emergencies
from triage.batch.report.handled import Handled
from triage.batch.report.merged import Merged
from triage.batch.report.old_labels import OldLabels
from triage.batch.report.suspects import Suspects
from triage.taxonomy import Taxonomy


@dataclass(frozen=True)
class Findings:
    """All that was found in an output; settled, to be shown."""

    choices: Choices
    taxonomy: Taxonomy
    counting: Counting
    handled: Handled
    labels: OldLabels
    emergencies: Emergencies
    duplicates: Duplicates
    suspects: Suspects
    merged: Merged
    rejected: int
