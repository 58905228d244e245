"""Which corrections a second person should see before models learn from them, and why. Pure: no store, no clock.

A correction is *held* for three kinds of reasons: it goes against a hard rule of the annotation guide, it contradicts
somebody whose word counts as much, or it looks like a slip of the hand. Held is not refused: it is kept, and counts
as soon as somebody else confirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from triage.service.requests import Author
from triage.store.values import CorrectionRecord, Labels, State
from triage.taxonomy import Taxonomy
from triage.types import Assessment, Urgency

VERY_SURE = 0.95
"""From this probability on the model's own answer makes another one look like a slip."""
FAR = 2
"""So many levels of urgency lie between an answer and a slip."""


def reasons_to_hold(
    after: Labels,
    assessment: Assessment | None,
    earlier: Sequence[CorrectionRecord],
    author: Author,
    taxonomy: Taxonomy,
) -> tuple[str, ...]:
    """Say in Chinese why a correction should wait; empty where it may teach at once.

    Args:
        after: the labels given.
        assessment: what rules and model say of the text today; ``None`` where they cannot read it.
        earlier: other corrections of the same text, oldest first.
        author: who corrects.
        taxonomy: the label set.
    """
    against_rules = () if assessment is None else tuple(_against_rules(after, assessment, taxonomy))
    slips = () if assessment is None or against_rules else tuple(_slips(after, assessment, taxonomy))
    return (*against_rules, *slips, *_contradictions(after, earlier, author))


def _against_rules(after: Labels, assessment: Assessment, taxonomy: Taxonomy) -> Iterator[str]:
    """A hazard that rules confirm is urgent, and no lesser danger or everyday matter goes before it."""
    hazards = [taxonomy.hazard_by_id[hazard] for hazard in sorted(assessment.hazards)]
    if not hazards:
        return
    names = "、".join(hazard.name for hazard in hazards)
    if after.urgency is not Urgency.URGENT:
        yield f"规则确认了危险（{names}），紧急程度却不是紧急"
    dangers = {hazard.topic for hazard in hazards if hazard.topic is not None}
    first = taxonomy.most_dangerous({*dangers, after.topic})
    if dangers and first != after.topic and first is not None:
        yield f"规则确认了更危险的主题（{taxonomy.topic_by_id[first].name}）"


def _slips(after: Labels, assessment: Assessment, taxonomy: Taxonomy) -> Iterator[str]:
    sure = assessment.confidence
    if sure.topic is not None and sure.topic >= VERY_SURE and assessment.topic != after.topic:
        name = taxonomy.topic_by_id[assessment.topic].name
        yield f"模型很有把握是另一个主题（{name}，{sure.topic:.2f}）"
    distance = abs(assessment.urgency.rank - after.urgency.rank)
    if sure.urgency is not None and sure.urgency >= VERY_SURE and distance >= FAR:
        name = taxonomy.urgency_names[assessment.urgency]
        yield f"模型很有把握是另一个紧急程度（{name}，{sure.urgency:.2f}）"


def _contradictions(after: Labels, earlier: Sequence[CorrectionRecord], author: Author) -> Iterator[str]:
    """Somebody else said otherwise, whose role is no lower; a higher role may overrule."""
    for other in _last_words(earlier).values():
        differs = (other.after.topic, other.after.urgency) != (after.topic, after.urgency)
        if differs and other.made_by != author.name and other.role.may_act_as(author.role):
            yield f"与 {other.made_by} 于 {other.made_at:%Y-%m-%d} 的更正不一致"


def _last_words(earlier: Sequence[CorrectionRecord]) -> Mapping[str, CorrectionRecord]:
    """What each person said last, of what was not rejected."""
    return {item.made_by: item for item in earlier if item.state is not State.REJECTED}
