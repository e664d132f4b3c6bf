"""How a Hugo site writes names in URL paths."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from feedsvc.posts.permalinks import hugo_sanitized

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedsvc.model import JSON


def taxonomy(kind: str, language: str, options: Mapping[str, JSON]) -> str:
    """What a site calls its tags or categories: the key in front matter and the folder."""
    languages = options.get("languages")
    own = languages.get(language) if isinstance(languages, dict) else None
    named = own.get(kind) if isinstance(own, dict) else None
    return str(named or options.get(kind) or kind)


def path_segment(name: str, options: Mapping[str, JSON]) -> str:
    """A name sanitised, in lower case unless `disablePathToLower`, bare if `removePathAccents`."""
    made = hugo_sanitized(name)
    if options.get("no_accents"):
        marks = unicodedata.normalize("NFD", made)
        bare = "".join(char for char in marks if unicodedata.category(char) != "Mn")
        made = unicodedata.normalize("NFC", bare)
    return made if options.get("keep_case") else made.lower()
