"""A shortcode as a body calls it."""

from __future__ import annotations

from typing import NamedTuple


class Call(NamedTuple):
    """One shortcode: its name, whether it closes a block, its arguments.

    `before` is what stands before it in its line, as far as its syntax has a use for that.
    """

    start: int
    end: int
    name: str
    closing: bool
    positional: tuple[str, ...]
    named: dict[str, str]
    before: str = ""

    def deindented(self, inner: str) -> str:
        """What the call encloses, without the blanks that stand before the call."""
        if not self.before.isspace():
            return inner
        return "\n".join(line.removeprefix(self.before) for line in inner.split("\n"))

    def get(self, *keys: str | int) -> str:
        """The first argument given under one of `keys` (a number: by position)."""
        for key in keys:
            if isinstance(key, int):
                if len(self.positional) > key:
                    return self.positional[key]
            elif self.named.get(key):
                return self.named[key]
        return ""
