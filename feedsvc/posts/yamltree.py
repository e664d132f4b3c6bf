"""YAML → a tree of plain values with the lines of its top-level keys, bounded in depth and size.

libyaml composes the nodes; turning them into values is ours because PyYAML's own constructors share
what aliases name (or follow them without bound), lose the spelling of keys, pass duplicate keys
silently and raise from inside on odd scalars. libyaml's composer recurses in C, so the depth has to
be known before it starts: it would end the process, not raise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from feedsvc.posts import yamllines

if TYPE_CHECKING:
    from datetime import date

DEPTH = 64
"""How deep values may be nested."""

VALUES = 20_000
"""How many values there may be once aliases are followed."""

_TAG = "tag:yaml.org,2002:"
_OPENERS = ("[", "{", "- ", "? ", "-\t", "?\t")
_BASE_60 = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_LONGEST_NUMBER = 40


class TooMuchError(Exception):
    """Nested too deeply or grown too large; `line` counts from 0 in the block."""

    def __init__(self, line: int, what: str = "") -> None:
        super().__init__(what or f"The front matter is nested more than {DEPTH} levels deep.")
        self.line = line


class Doubt(NamedTuple):
    """Something that was read but is worth a finding; `line` and `column` count from 0."""

    code: str
    message: str
    line: int
    column: int


_TEXT, _MERGE = _TAG + "str", _TAG + "merge"
_SEQUENCE, _MAPPING = _TAG + "seq", _TAG + "map"

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_IMPLICIT = _Base.yaml_implicit_resolvers


class TreeLoader(_Base):  # type: ignore[misc]
    """A PyYAML loader whose document is a tree.

    `lines` holds the line of each top-level key, `doubts` what is worth a finding; `most` is how
    many values there may be.
    """

    most = VALUES

    def __init__(self, stream: str) -> None:
        _check_depth(stream)
        super().__init__(stream)
        self.lines: dict[str, int] = {}
        self.doubts: list[Doubt] = []
        self._values = 0

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """The tag of a node that names none, as PyYAML's resolver has it for a safe loader."""
        if kind is not yaml.ScalarNode:
            return _SEQUENCE if kind is yaml.SequenceNode else _MAPPING
        return _tag(value) if implicit[0] else _TEXT

    def get_single_data(self) -> Any:
        """The document as plain values; None for an empty one."""
        node = self.get_single_node()
        if node is None:
            return None
        if isinstance(node, yaml.MappingNode):
            self.lines = {
                key.value: key.start_mark.line
                for key, _ in node.value
                if isinstance(key, yaml.ScalarNode)
            }
        return self._value(node, 0)

    def _value(self, node: yaml.Node, depth: int) -> Any:
        self._values += 1
        if depth > DEPTH:
            raise TooMuchError(node.start_mark.line)
        if self._values > self.most:
            message = f"The front matter holds more than {self.most} values, counting its aliases."
            raise TooMuchError(node.start_mark.line, message)
        if isinstance(node, yaml.ScalarNode):
            text = node.value
            self._values += len(text) >> 6  # long text that aliases repeat is much, too
            return text if node.tag == _TEXT else self._scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: Any, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        merged: list[dict[str, Any]] = []
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):  # `{{ a }}`, and engines read it
                mark = key.start_mark
                message = "A key is a map or a list; it was ignored with its value."
                self.doubts.append(Doubt("value-kind", message, mark.line, mark.column))
                continue
            value = self._value(item, depth + 1)
            if key.tag == _MERGE:
                several = value if isinstance(value, list) else [value]
                merged += [one for one in several if isinstance(one, dict)]
                continue
            name = str(key.value)
            if name in mapping:
                message = f"The key `{name}` stands more than once; the last was taken."
                mark = key.start_mark
                self.doubts.append(Doubt("key-duplicate", message, mark.line, mark.column))
            mapping[name] = value
        for one in merged:
            self._values += len(one)
            for name, value in one.items():
                mapping.setdefault(name, value)
        return mapping

    def _scalar(self, node: Any) -> Any:
        kind, text = node.tag.removeprefix(_TAG), node.value
        if kind == "null":
            return None
        constructor = _CONSTRUCTORS.get(kind)
        if kind in ("!binary", "binary") and (words := _from_base64(text)):
            return words
        if constructor is None or len(text) > _LONGEST_NUMBER or _BASE_60.fullmatch(text):
            if constructor is None and kind != "str":
                message = f"The YAML tag `{node.tag}` was ignored and the value read as text."
                mark = node.start_mark
                self.doubts.append(Doubt("yaml-tag", message, mark.line, mark.column))
            return text
        try:
            return constructor(self, node)
        except (ValueError, KeyError, IndexError, AttributeError, OverflowError):
            return text  # `2020-13-45` looks like a date and is none: whoever wants one will say so


def _tag(text: str) -> str:
    for tag, pattern in _IMPLICIT.get(text[:1], ()):
        if pattern.match(text):
            return str(tag)
    return _TEXT


def _from_base64(text: str) -> str:
    """The words that an old Ruby wrote so because they are not ASCII; "" for anything else."""
    from base64 import b64decode  # late: few have any

    try:
        return b64decode(text).decode()
    except ValueError:
        return ""


def _timestamp(loader: TreeLoader, node: Any) -> date:
    made: date = yamllines.timestamp(node.value) or loader.construct_yaml_timestamp(node)
    return made


_CONSTRUCTORS = {
    "bool": _Base.construct_yaml_bool,
    "int": _Base.construct_yaml_int,
    "float": _Base.construct_yaml_float,
    "timestamp": _timestamp,
}


def _check_depth(text: str) -> None:
    # Block mappings need a growing indent, which the size bounds; all else needs one of these.
    if sum(map(text.count, _OPENERS)) <= DEPTH:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                raise TooMuchError(event.start_mark.line if event.start_mark else 0)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
