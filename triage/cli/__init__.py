"""The terminal door: ``triage classify``, ``triage check``, ``triage serve``.

Exit codes: 0 all well, 1 some records could not be judged (each says why), 2 nothing could be done.
"""
