"""From what `create_app` is given to a site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feedsvc.site import open_site

if TYPE_CHECKING:
    from feedsvc.web.source import Site


def open_source(site: str | Path | Site | None) -> Site:
    """The site itself, or the one in this folder, in `FEEDSVC_SITE`'s, or in the current one."""
    if site is None:
        site = os.environ.get("FEEDSVC_SITE") or Path.cwd()
    if isinstance(site, str | Path):
        return open_site(site)
    return site
