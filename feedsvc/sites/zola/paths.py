"""Zola's slugs (its `slugify` strategies `on`, `safe` and `off`)."""

from __future__ import annotations

import re

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_UNSAFE = re.compile(r"""[<>:"/|?*#\\()\[\]\r\n\t ]+""")


def segment(name: str, strategy: object) -> str:
    """A name as Zola writes it in a path; `strategy` is "on" unless the site says otherwise."""
    if strategy == "off":
        return name
    if strategy == "safe":
        return _UNSAFE.sub("_", name).strip("_.")
    if not name.isascii():
        from text_unidecode import unidecode  # type: ignore[import-untyped]

        name = str(unidecode(name))
    return _NOT_ASCII_WORD.sub("-", name.lower()).strip("-")
