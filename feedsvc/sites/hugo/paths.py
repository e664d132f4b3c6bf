"""How a Hugo site writes names in URL paths."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from feedsvc.posts.permalinks import hugo_sanitized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON


def path_segment(name: str, options: Mapping[str, JSON]) -> str:
    """A name sanitised, in lower case unless `disablePathToLower`, bare if `removePathAccents`."""
    made = hugo_sanitized(name)
    if options.get("no_accents"):
        marks = unicodedata.normalize("NFD", made)
        bare = "".join(char for char in marks if unicodedata.category(char) != "Mn")
        made = unicodedata.normalize("NFC", bare)
    return made if options.get("keep_case") else made.lower()
