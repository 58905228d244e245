"""The knowledge files: the ones that come with the package, overridden by those of an organisation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from triage.errors import KnowledgeError, Problem

PACKAGED = Path(__file__).resolve().parent.parent / "knowledge"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_TEXT = "tag:yaml.org,2002:str"
_LAST_OF_ASCII = "\x7f"


class _UniqueKeyLoader(_Loader):  # type: ignore[misc]
    """A safe loader that refuses a key given twice: the later one would silently win.

    Nine of ten values are Chinese words. For them it takes two short cuts, which halve the time of a file.
    """

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> str:
        """Name the type of a value; what YAML may read as number, date, truth or nothing begins in ASCII."""
        if kind is yaml.ScalarNode and value > _LAST_OF_ASCII:
            return _TEXT
        return super().resolve(kind, value, implicit)  # type: ignore[no-any-return]

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: ANN401 - any value
        """Build a value; a text is what stands there."""
        if type(node) is yaml.ScalarNode and node.tag == _TEXT:
            return node.value
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping; raises ``yaml.constructor.ConstructorError`` on a repeated key."""
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"「{key}」 is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


class KnowledgeFiles:
    """Finds and reads knowledge files; a file in a later folder replaces the one of the same name."""

    def __init__(
        self, folders: Sequence[Path] = (PACKAGED,), replaced: Mapping[str, Path] | None = None
    ) -> None:
        """``folders`` from the least to the most specific; each must exist. ``replaced`` files go before them all."""
        for folder in folders:
            if not folder.is_dir():
                raise KnowledgeError([Problem(str(folder), "", "", "no such knowledge folder")])
        self._folders = tuple(folders)
        self._replaced = dict(replaced or {})

    def path(self, name: str) -> Path:
        """The file that is in force for ``name``, e.g. ``taxonomy.yaml``."""
        places = (folder / name for folder in reversed(self._folders))
        for path in [self._replaced[name]] if name in self._replaced else places:
            if path.is_file():
                return path
        raise KnowledgeError([Problem(name, "", "", "this knowledge file is missing")])

    def is_packaged(self, name: str) -> bool:
        """Whether the file in force for ``name`` came with the package."""
        return self.path(name) == PACKAGED / name

    def names(self, folder: str) -> list[str]:
        """All files ``folder/*.yaml`` of all knowledge folders, sorted."""
        found = {path.name for base in self._folders for path in (base / folder).glob("*.yaml")}
        return [f"{folder}/{name}" for name in sorted(found)]

    def read(self, name: str) -> Any:  # noqa: ANN401 - whatever the file holds
        """Parse one file.

        Raises:
            KnowledgeError: when it is missing, not UTF-8 or not YAML; names the line.
        """
        path = self.path(name)
        try:
            return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)  # noqa: S506
        except UnicodeDecodeError as error:
            raise KnowledgeError([Problem(str(path), "", "", f"not UTF-8 (byte {error.start})")]) from error
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
            raise KnowledgeError([Problem(str(path), where, "", str(error.problem))]) from error

    def digest(self, names: Sequence[str]) -> str:
        """Twelve hexadecimal characters that change when any of these files changes."""
        hashed = hashlib.sha256()
        for name in names:
            hashed.update(name.encode())
            hashed.update(hashlib.sha256(self.path(name).read_bytes()).digest())
        return hashed.hexdigest()[:12]

    def __iter__(self) -> Iterator[Path]:
        """The folders, from the least to the most specific."""
        return iter(self._folders)
