"""What the templates of shortcodes come to, whatever language they are written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Function: TypeAlias = Callable[..., object]


class UnsupportedError(Exception):
    """The template asks for more than is known here."""


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()
