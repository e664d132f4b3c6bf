"""The site's address, in the two parts that `_config.yml` has of it: `url` and `baseurl`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feedsvc.settings import DEFAULT_URL
from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def of(said: Mapping[str, Any], folder: Path) -> str:
    """The whole of it."""
    url = files.text(said, "url")
    if not url and (folder / "CNAME").is_file():  # GitHub Pages serves the site under that name
        url = f"https://{files.text_of(folder, 'CNAME').strip()}"
    base = files.text(said, "baseurl").strip("/")
    return f"{(url or DEFAULT_URL).rstrip('/')}/{base}" if base else url


def url_path(said: Mapping[str, Any]) -> str:
    """The path that stands in `url` itself, as where `baseurl` was left empty."""
    try:
        return urlsplit(files.text(said, "url")).path.rstrip("/")
    except ValueError:  # of which the check of the site's address tells
        return ""
