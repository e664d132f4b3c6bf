"""Zola's slugs (its `slugify` strategies `on`, `safe` and `off`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedsvc.posts.context import once_per_site
from feedsvc.sites.globs import glob

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.settings import Settings

_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
_UNSAFE = re.compile(r"""[<>:"/\\|?*]""")


def segment(name: str, strategy: object) -> str:
    """A name as Zola writes it in a path; `strategy` is "on" unless the site says otherwise."""
    if strategy == "off":
        return name
    if strategy == "safe":
        return _UNSAFE.sub("", name.rstrip(" ."))
    if not name.isascii():
        from text_unidecode import unidecode  # type: ignore[import-untyped]

        name = str(unidecode(name))
    return _NOT_ASCII_WORD.sub("-", name.lower()).strip("-")


@once_per_site
def ignored(settings: Settings) -> Sequence[re.Pattern[str]]:
    """The patterns of `ignored_content`, of absolute paths; a star stands for folders, too."""
    given = settings.engine_options.get("ignored")
    patterns = given if isinstance(given, list) else []
    return [glob(str(one), star=".*") for one in patterns]
