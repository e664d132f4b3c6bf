"""What a site's `package.json` says, and which packages it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedsvc.errors import ConfigError
from feedsvc.sites import files

if TYPE_CHECKING:
    from pathlib import Path

_OF_FORMULAS = re.compile(
    r"(?:remark|gatsby-remark|markdown-it|@[\w-]+/(?:plugin|markdown-it))-(?:[\w-]+-)?"
    r"(?:math|katex|mathjax3?|texmath|tex)"
)


def said(folder: Path) -> dict[str, Any]:
    """What `package.json` says; {} where there is none that can be read."""
    try:
        return files.mapping(folder, "package.json") if (folder / "package.json").is_file() else {}
    except ConfigError:
        return {}


def named(folder: Path) -> dict[str, Any]:
    """The packages that it names, with their versions."""
    whole = said(folder)
    return files.table(whole, "dependencies") | files.table(whole, "devDependencies")


def sets_formulas(folder: Path) -> bool:
    """Whether one of them sets the formulas that Markdown holds between dollar signs."""
    return any(map(_OF_FORMULAS.fullmatch, named(folder)))
