"""feedsvc turns a folder of posts into Atom, RSS and JSON feeds.

`open_site` opens a folder, `publish` says what is published of it, `export` writes that as files,
`create_app` serves it; what posts, findings and documents are is in `feedsvc.model`. Each is
imported when first asked for: the command line needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedsvc.export import export
    from feedsvc.model import Author, Document, Enclosure, Finding, Markup, Post, Severity, State
    from feedsvc.site import open_site, publish
    from feedsvc.web.app import create_app

__all__ = [
    "Author",
    "Document",
    "Enclosure",
    "Finding",
    "Markup",
    "Post",
    "Severity",
    "State",
    "__version__",
    "create_app",
    "export",
    "open_site",
    "publish",
]

__version__ = "0.1.0"

_HOMES = {
    "create_app": "feedsvc.web.app",
    "export": "feedsvc.export.exporter",
    "open_site": "feedsvc.site",
    "publish": "feedsvc.site",
}


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "feedsvc.model")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
