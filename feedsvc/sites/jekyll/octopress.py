"""The feeds of categories that Octopress, Jekyll with plugins of its own, makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TEMPLATE = "_includes/custom/category_feed.xml"
_USUAL = "categories"
_SIGNS = re.compile(r"[\W_]+")


def category_feeds(source: Path, said: Mapping[str, Any]) -> str | None:
    """The folder in which `category_generator.rb` puts feeds; None without its template."""
    if not (source / _TEMPLATE).is_file():
        return None
    return files.inner_path(files.text(said, "category_dir")) or _USUAL


def category_feed(folder: str, name: str) -> str:
    """Where that plugin puts the feed of a category: letters stay, of all else comes a hyphen."""
    return f"/{folder}/{_SIGNS.sub('-', name).lower()}/atom.xml"
