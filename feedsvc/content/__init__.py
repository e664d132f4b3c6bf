"""From a post's body to what a reader gets: safe, whole HTML with absolute links only.

`render` is loaded when it is first asked for: a run that changes nothing renders nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedsvc.content.rendered import Rendered

if TYPE_CHECKING:
    from feedsvc.content.rendering import render

__all__ = ["Rendered", "render"]


def __getattr__(name: str) -> object:
    if name == "render":
        from feedsvc.content.rendering import render

        globals()[name] = render  # asked for once a post
        return render
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
