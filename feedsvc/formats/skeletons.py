"""Elements of one shape differ in their values only, so a library writes one a shape.

What it writes of an element whose values are all tokens is the skeleton; every other element of
that shape is the skeleton with its own values, escaped, in the places of the tokens.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from datetime import UTC, datetime, timedelta
from itertools import count
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from feedsvc.formats.text import HOLE, attribute_value, character_data, hexadecimal, json_string
from feedsvc.formats.vocabulary import Link, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

_MOST = 512  # a site has a few dozen shapes; nobody shall fill the memory with them
_FIRST_TOKEN = 10**15
_FIRST_INSTANT = datetime(5000, 1, 1, tzinfo=UTC)
_TOKENS: dict[type, Callable[[int], Any]] = {
    str: str,
    bytes: lambda number: b"%d" % number,
    int: int,
    datetime: lambda number: _FIRST_INSTANT + timedelta(seconds=number - _FIRST_TOKEN),
}
_SEPARATOR = "\x7f"  # no clean value has it, and no escaping touches it


class Element(Protocol):
    """What an element says, in clean values."""

    @property
    def content(self) -> bytes:
        """The one long value, in UTF-8; empty: none. `HOLE` is written for it."""
        ...

    def values(self) -> list[str]:
        """All other values in a fixed order, "" for what is absent."""
        ...

    def structure(self) -> Hashable:
        """Whatever decides what is written, beside which values are empty."""
        ...


_E = TypeVar("_E", bound=Element)


class Leaves:
    """The values of an element, escaped all at once, and once for all formats that write it."""

    __slots__ = ("_content", "_joined", "_json", "_xml", "shape")

    def __init__(self, element: Element) -> None:
        values = element.values()
        self._content = HOLE if element.content else b""
        self._joined = _SEPARATOR.join(values).encode()
        self.shape = (element.structure(), tuple(map(bool, values)), bool(self._content))
        self._xml: list[bytes] = []
        self._json: list[bytes] = []

    def xml(self) -> list[bytes]:
        """All values as character data, again as attributes, as RSS titles; then the hole."""
        if self._xml:
            return self._xml
        text = character_data(self._joined)
        texts = text.split(b"\x7f")
        forms = [
            texts if form == text else form.split(b"\x7f")  # as most often
            for form in (attribute_value(text), hexadecimal(text))
        ]
        self._xml = [*texts, *forms[0], *forms[1], self._content]
        return self._xml

    def json(self) -> list[bytes]:
        """All values inside JSON strings; then the hole."""
        if not self._json:
            self._json = [*json_string(self._joined).split(b"\x7f"), self._content]
        return self._json


class _Skeleton(NamedTuple):
    template: bytes
    places: tuple[int, ...]  # in the escaped leaves, of what the template leaves open
    pick: Callable[[list[bytes]], Any]

    @classmethod
    def of(cls, template: bytes, places: Iterable[int]) -> _Skeleton:
        places = tuple(places)
        return cls(template, places, itemgetter(*places))


Learned = dict[str, dict[str, tuple[str, list[int]]]]
"""Skeletons by the name of what they are of, and by the shape written down."""


_writers: dict[str, _Writer[Any]] = {}
_recalled: Learned = {}


class _Writer(ABC, Generic[_E]):
    """Writes elements of one kind as `directly` does, but calls that only once a shape.

    What `directly` writes must follow from the shape, but for the values; of these it must write
    each unchanged wherever it writes it. Several threads may write at once. `name` says what is
    written, for `learned` and `recall`.
    """

    def __init__(self, name: str, directly: Callable[[_E], bytes]) -> None:
        self.name = name
        self.directly = directly
        self._skeletons: dict[Hashable, _Skeleton] = {}
        _writers[name] = self

    def __call__(self, element: _E, leaves: Leaves) -> bytes:
        """Return what `directly(element)` returns but for the content; `leaves` are its."""
        skeleton = self._skeletons.get(leaves.shape) or self._made(element, leaves)
        written: bytes = skeleton.template % skeleton.pick(self._escaped(leaves))
        return written

    def _made(self, element: _E, leaves: Leaves) -> _Skeleton:
        known = _recalled.get(self.name, {}).get(repr(leaves.shape))
        if known is None:
            skeleton = self._learned(_tokenised(element, count(_FIRST_TOKEN)))
        else:
            skeleton = _Skeleton.of(known[0].encode(), known[1])
        if len(self._skeletons) >= _MOST:
            self._skeletons.clear()
        self._skeletons[leaves.shape] = skeleton
        return skeleton

    def _learned(self, element: _E) -> _Skeleton:
        values = element.values()
        places = {value.encode(): place for place, value in enumerate(values) if value}
        instants = [re.escape(token) for token in places if not token.isdigit()]
        tokens = b"|".join((rb"1\d{15}", *instants))
        parts = re.split(b"(%b)" % tokens, self.directly(element))
        literals, found = parts[0::2], parts[1::2]
        return _Skeleton.of(
            b"%b".join(literal.replace(b"%", b"%%") for literal in literals),
            (
                self._place(places.get(token), len(values), before)
                for before, token in zip(literals, found, strict=False)
            ),
        )

    def learned(self) -> dict[str, tuple[str, list[int]]]:
        """Return the skeletons that were made or used, by shape."""
        return {
            repr(shape): (skeleton.template.decode(), list(skeleton.places))
            for shape, skeleton in self._skeletons.items()
        }

    @abstractmethod
    def _escaped(self, leaves: Leaves) -> list[bytes]:
        """Return the leaves in the forms that elements of this kind hold."""

    @abstractmethod
    def _place(self, value: int | None, values: int, before: bytes) -> int:
        """Return where in them stands what is behind `before`: that value, else the content."""


class XMLWriter(_Writer[_E]):
    """Writes elements of XML; of values behind the tags `titles` in hexadecimal (see `text`)."""

    def __init__(
        self, name: str, directly: Callable[[_E], bytes], titles: tuple[bytes, ...] = ()
    ) -> None:
        super().__init__(name, directly)
        self._titles = titles

    def _escaped(self, leaves: Leaves) -> list[bytes]:
        return leaves.xml()

    def _place(self, value: int | None, values: int, before: bytes) -> int:
        if value is None:
            return 3 * values
        if before.endswith(b'="'):
            return value + values
        return value + 2 * values if before.endswith(self._titles) else value


class JSONWriter(_Writer[_E]):
    """Writes JSON objects."""

    def _escaped(self, leaves: Leaves) -> list[bytes]:
        return leaves.json()

    def _place(self, value: int | None, values: int, before: bytes) -> int:  # noqa: ARG002
        return values if value is None else value


def _tokenised(value: Any, numbers: Iterator[int]) -> Any:
    """Return `value` with every non-empty leaf in it replaced by another that is unique."""
    if isinstance(value, Link):
        return value._replace(href=_tokenised(value.href, numbers))
    if isinstance(value, Node):
        attributes = {key: _tokenised(text, numbers) for key, text in value.attributes.items()}
        text, children = _tokenised(value.text, numbers), _tokenised(value.children, numbers)
        return Node(value.name, text, attributes, children)
    if isinstance(value, tuple):
        parts = [_tokenised(part, numbers) for part in value]
        return value._make(parts) if hasattr(value, "_make") else tuple(parts)
    make = _TOKENS.get(type(value))
    return make(next(numbers)) if value and make else value


def learned() -> Learned:
    """Return all skeletons that this process has made or used: what `recall` takes."""
    return {name: made for name, writer in _writers.items() if (made := writer.learned())}


def recall(known: Learned) -> None:
    """Take over what another process, of the same code and libraries, has learned.

    Making skeletons takes importing feedgen, which takes longer than most edits.
    """
    _recalled.clear()
    _recalled.update(known)
