"""The use cases around a judgement: keep it, correct it, look again, find it, delete it."""

from triage.service.service import Judge, Service

__all__ = ["Judge", "Service"]
