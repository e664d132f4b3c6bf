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

    def levelled(self, inner: str) -> str:
        """What the call encloses, no further in than itself where all of it is: no code."""
        if "\n    " not in inner and "\n\t" not in inner:
            return inner
        behind, *further = inner.split("\n")
        starts = {line[: -len(line.lstrip())] for line in further if line.strip()}
        common = min(starts, key=len, default="")
        uneven = any(not start.startswith(common) for start in starts)  # tabs and blanks
        if uneven or behind.strip() or self.before.strip() or not common.startswith(self.before):
            return inner
        return "\n".join([behind, *(self.before + line.removeprefix(common) for line in further)])

    def get(self, *keys: str | int) -> str:
        """The first argument given under one of `keys` (a number: by position)."""
        for key in keys:
            if isinstance(key, int):
                if len(self.positional) > key:
                    return self.positional[key]
            elif self.named.get(key):
                return self.named[key]
        return ""
