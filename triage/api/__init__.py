"""The HTTP door: reads a request, calls the engine, writes the answer. Start at :mod:`triage.api.app`."""
