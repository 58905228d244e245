"""What stops a run, and the exit code that says so.

::

    BatchError               2  nothing could be done, the message says why
    └── RunRefused           3  the output is finished already, or belongs to another run

A row that cannot be judged is no error: it goes into the reject file.
"""

from __future__ import annotations

from triage.errors import TriageError


class BatchError(TriageError):
    """A run that cannot begin or go on."""

    exit_code = 2


class RunRefused(BatchError):
    """The output exists, another run is writing it, or the interrupted run was a different one."""

    exit_code = 3


class Unwritable(Exception):
    """A row that the format of the output cannot hold; the message says why, in Chinese."""
