"""What an engine says of its bodies: the syntax that only it understands, and its footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedsvc.markup.beside import Folder, Sources
    from feedsvc.markup.context import Context
    from feedsvc.model import Post
    from feedsvc.posts.references import Reference
    from feedsvc.settings import Settings


class Rule(NamedTuple):
    """What renders one syntax, and the signs without which there is none of it.

    One of `suffix` ends the names of the files that have it. `references` finds what a body
    refers to by it, `sources` which files it draws in, if that is its use; the dialect's
    `reference_signs` and `source_signs` tell when to ask.
    """

    render: Callable[[str, Context], str]
    signs: tuple[str, ...]
    markdown_only: bool = False
    suffix: str | tuple[str, ...] = ""
    references: Callable[[str], Iterator[Reference]] | None = None
    sources: Callable[[str, Post, Settings, Folder], Sources] | None = None


class Anchors(NamedTuple):
    """The anchors of a footnote: of its text, of the first reference to it, of a later one.

    `{name}` is what the author calls it, `{number}` the one that is shown, `{time}` counts
    references from 1 and `{before}` from 0. Where an anchor is empty, the page has none.
    """

    text: str
    first: str
    later: str


class Syntax(NamedTuple):
    """An engine's rules in the order in which they work, and where footnotes lie on its pages."""

    rules: tuple[Rule, ...] = ()
    footnotes: Anchors | None = None


NONE = Syntax()
