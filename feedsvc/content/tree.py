"""A body as a tree, for what cannot be told from one tag; the only module that knows selectolax."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode


_TIMES = 10


class Allowance:
    """How much may be looked at of what lies within each other: ten times what there is.

    Thousands of elements in each other would each be read with all that is in them.
    """

    def __init__(self, html: str) -> None:
        self._left = _TIMES * len(html)

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self._left < 0

    def covers(self, node: LexborNode) -> bool:
        """Whether there is enough left for all of `node`, which is then taken off."""
        if self._left >= 0:
            self._left -= len(node.html or "")
        return self._left >= 0


def parse(html: str) -> LexborHTMLParser:
    """The tree of an HTML fragment, read as a browser without scripts reads it."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html, is_fragment=True)


def matches(tree: LexborHTMLParser, selector: str) -> Iterator[LexborNode]:
    """The elements that `selector` finds, inner ones first.

    So a caller may destroy each: what it was inside of is still whole when its turn comes.
    """
    return reversed(tree.css(selector))


def element(tree: LexborHTMLParser, name: str, text: str = "", **attributes: str) -> LexborNode:
    """A new element that holds `text`."""
    made = tree.create_node(name)
    for key, value in attributes.items():
        made.attrs[key] = value
    if text:
        made.insert_child(text)
    return made
