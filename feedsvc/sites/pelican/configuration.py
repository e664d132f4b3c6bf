"""Settings of `pelicanconf.py` that had other names once."""

from __future__ import annotations

import re
from typing import Any

from feedsvc.sites.pelican.urls import URLS

_STRUCTURE_FIELD = re.compile(r"%\((\w+)\)s")
_STRUCTURE_DATE = re.compile(r"(%[A-Za-z])")


def modernize(values: dict[str, Any]) -> None:
    """Give settings of old names their present ones, as `pelican.settings` does."""
    if values.get("CLEAN_URLS") is True:
        values |= {name: f"{url.removesuffix('.html')}/" for name, url in URLS.items()}
    structure = values.get("ARTICLE_PERMALINK_STRUCTURE")
    if isinstance(structure, str) and structure:
        structure = _STRUCTURE_FIELD.sub(r"{\1}", structure)
        structure = _STRUCTURE_DATE.sub(r"{date:\1}", structure).strip("/")
        for name, default in URLS.items():
            values[name] = f"{structure}/{values.get(name) or default}"
    for old in ("ARTICLE", "PAGE"):
        if isinstance(folder := values.get(f"{old}_DIR"), str):
            values.setdefault(f"{old}_PATHS", [folder])
