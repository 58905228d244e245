"""The terminal door: ``triage classify``, ``explain``, ``check``, ``rules`` and ``serve``.

Exit codes: 0 all well, 1 some records could not be judged (each says why), 2 nothing could be done.
"""
