"""What an Astro site declares in `src/config.yaml`, as AstroWind's do (`apps.blog` tells)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedsvc.model import JSON

_NAMES = ("src/config.yaml", "src/config.yml")
_TOKEN = re.compile(r"%(\w{1,20})%")


class Declared(NamedTuple):
    """Values for `[site]`, the pattern of addresses, and whether those end with a slash."""

    site: Mapping[str, JSON]
    pattern: str
    slash: bool


def read(folder: Path) -> Declared | None:
    """None where there is no such file, or none that can be read."""
    try:
        name = files.first(folder, *_NAMES)
        said = files.mapping(folder, name) if name else {}
    except ConfigError:
        return None
    blog = files.table(files.table(said, "apps"), "blog")
    if not blog:
        return None
    own, about = files.table(said, "site"), files.table(said, "metadata")
    url, base = files.text(own, "site"), files.text(own, "base").strip("/")
    site = files.present(
        url=f"{url.rstrip('/')}/{base}".rstrip("/") if url else "",
        title=files.text(files.table(about, "title"), "default") or files.text(own, "name"),
        subtitle=files.text(about, "description"),
        language=files.text(files.table(said, "i18n"), "language"),
    )
    start = files.text(files.table(blog, "list"), "pathname").strip("/")
    pattern = files.text(files.table(blog, "post"), "permalink") or f"{start}/%slug%"
    return Declared(site, pattern, own.get("trailingSlash") is True)


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """The path that the pattern makes; tokens that there are not stay as they are."""
    return _TOKEN.sub(lambda token: values.get(token[1], token[0]), pattern)
