"""The terminal door: ``triage classify``, ``triage check``, ``triage serve`` and the others."""

import os

# One text is far too little work to share between cores: threads that wait for each other took three times as long as
# the arithmetic itself. numpy's libraries read this when they are first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
