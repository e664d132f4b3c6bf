"""Where in a file a finding stands that was not made while the file was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.posts import encoding
from feedsvc.repository.files import SiteFiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedsvc.model import Finding
    from feedsvc.site import Site


class Places:
    """Finds the lines of front matter keys in files that were read long ago."""

    def __init__(self, site: Site) -> None:
        self._files = SiteFiles(site.settings.folder)
        self._dialect = site.repository.dialect

    def set(self, finding: Finding, keys: Sequence[str]) -> Finding:
        """Return the finding at the first of these keys, or without a line."""
        try:
            data, _ = self._files.read(finding.path)
        except (OSError, ValueError):
            return finding
        text = encoding.decode(data, replace=True).text or ""
        front = self._dialect.front_matter(text, finding.path)
        lines = {key.lower(): line for key, line in front.lines.items()}
        line = next((lines[key] for key in keys if key in lines), 0)
        return finding._replace(line=line, column=int(line > 0))
