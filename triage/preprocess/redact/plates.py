"""Number plates: the mainland's by their form, others by name."""

from __future__ import annotations

from triage.preprocess.redact.datum import Kind
from triage.preprocess.redact.numbers import LINK
from triage.preprocess.redact.recogniser import recogniser

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

PLATES = (
    recogniser(
        Kind.PLATE,
        f"[{_PROVINCES}][a-z][ ·•.-]?(?=[a-z]{{0,5}}[0-9])",
        "(?:[a-hj-np-z0-9]{5,6}|[a-hj-np-z0-9]{4}[港澳学警挂])(?![0-9a-z])",
    ),
)
PLATES_WITH_CUE = (
    recogniser(
        Kind.PLATE,
        f"车(?:牌(?:号码?)?|号){LINK}(?=[^0-9]{{0,5}}[0-9])",
        f"(?P<it>[{_PROVINCES}]?[a-z0-9]{{1,4}}[ ·•.-]?[a-z0-9]{{2,6}})(?![0-9a-z])",
    ),
)
