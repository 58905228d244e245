"""``policies/*.yaml`` → :class:`triage.policy.policy.Policy`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from triage.catalog.files import KnowledgeFiles
from triage.catalog.policy_checks import PolicyChecker
from triage.catalog.policy_schema import INHERITED, PolicyFile, RowEntry, RowsEntry, StepEntry
from triage.catalog.schema import raise_if_any, validate
from triage.errors import Problem
from triage.policy.deadlines import RECEIVED, Step, promise
from triage.policy.policy import Policy
from triage.policy.profile import Channel, Kpi, Profile
from triage.policy.routing import Row

FOLDER = "policies"


def load_policies(
    files: KnowledgeFiles, topics: frozenset[str], hazards: frozenset[str], other_topics: bool = False
) -> dict[str, Policy]:
    """Read and check every profile, by id.

    Args:
        files: where the profiles are.
        topics: all topics of the taxonomy; each profile must have a category name for every one.
        hazards: all hazards of the taxonomy.
        other_topics: the taxonomy is not the packaged one; packaged profiles that do not fit it are left out.

    Raises:
        KnowledgeError: naming file, entry and field of everything that is wrong.
    """
    problems: list[Problem] = []
    contents: dict[str, PolicyFile] = {}
    paths: dict[str, str] = {}
    for name in files.names(FOLDER):
        path = str(files.path(name))
        content = validate(PolicyFile, files.read(name), path, problems)
        if content is None:
            continue
        if content.id != Path(name).stem:
            problems.append(Problem(path, "", "id", f"must be the file's name, 「{Path(name).stem}」"))
        contents[content.id], paths[content.id] = content, path
    raise_if_any(problems)
    whole = {key: _inherit(content, contents, paths[key], problems) for key, content in contents.items()}
    raise_if_any(problems)
    unfit = set()
    for key, content in whole.items():
        faults: list[Problem] = []
        PolicyChecker(content, paths[key], topics, hazards, faults).check()
        if faults and other_topics and files.is_packaged(f"{FOLDER}/{key}.yaml"):
            unfit.add(key)
        else:
            problems += faults
    raise_if_any(problems)
    return {key: Policy(_profile(content, topics)) for key, content in whole.items() if key not in unfit}


def _inherit(
    content: PolicyFile, others: Mapping[str, PolicyFile], path: str, problems: list[Problem]
) -> PolicyFile:
    """Fill the parts that a profile leaves to the one it extends."""
    missing = [part for part in INHERITED if getattr(content, part) is None]
    if content.extends is None:
        problems += [Problem(path, "", part, "is missing, and nothing is extended") for part in missing]
        return content
    base = others.get(content.extends)
    if base is None:
        problems.append(Problem(path, "", "extends", f"unknown profile 「{content.extends}」"))
        return content
    if base.extends is not None:
        # One step only: a reader should have to open two files at most, and there can be no circle.
        problems.append(Problem(path, "", "extends", f"「{base.id}」 itself extends another profile"))
        return content
    return content.model_copy(update={part: getattr(base, part) for part in missing})


def _profile(content: PolicyFile, topics: frozenset[str]) -> Profile:
    channels = tuple(
        Channel(entry.id, entry.name, tuple(entry.aliases), entry.duty) for entry in content.channels or ()
    )
    return Profile(
        id=content.id,
        name=content.name,
        version=content.version,
        source=content.source,
        channels=channels,
        default_channel=content.default_channel or "",
        channel_ids={
            word.casefold(): channel.id
            for channel in channels
            for word in (channel.id, channel.name, *channel.aliases)
        },
        categories={topic: _category(content.categories, topic) for topic in sorted(topics)},
        levels=_choices(content.levels, topics),
        departments=_choices(content.departments or (), topics),
        notify=_sums(content.notify or (), topics),
        reply=_choices(content.reply or (), topics),
        actions=_sums(content.actions, topics),
        reports=tuple(Row(entry.when.condition(topics), (entry.text,)) for entry in content.reports),
        steps=tuple(
            Row(entry.when.condition(topics), _step(entry, content.steps)) for entry in content.steps
        ),
        recorded=tuple(content.recorded.required),
        optional=tuple(content.recorded.optional),
        merging=content.merging,
        kpis=tuple(Kpi(entry.name, entry.target, entry.every) for entry in content.kpis),
        guidance=tuple(content.guidance),
    )


def _category(names: Mapping[str, str], topic: str) -> str:
    """Return the name given to the topic itself, else to its category."""
    area, _, _ = topic.partition(".")
    return names.get(topic) or names[area]


def _step(entry: StepEntry, steps: list[StepEntry]) -> Step:
    after = "" if entry.from_ == RECEIVED else next(step.name for step in steps if step.id == entry.from_)
    rule = entry.promise or promise(entry.term, after)
    return Step(entry.id, entry.name, entry.term, rule, entry.from_, entry.condition)


def _choices(rows: Iterable[RowEntry], topics: frozenset[str]) -> tuple[Row[str], ...]:
    return tuple(Row(row.when.condition(topics), row.then) for row in rows)


def _sums(rows: Iterable[RowsEntry], topics: frozenset[str]) -> tuple[Row[tuple[str, ...]], ...]:
    return tuple(Row(row.when.condition(topics), tuple(row.then)) for row in rows)
